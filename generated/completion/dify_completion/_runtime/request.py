"""An operation and its arguments, turned into a request that is ready to be sent.

Every argument is checked first; InvalidArgumentError names the one that doesn't fit.
Knows nothing of how a request is sent, or sent again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

from .body import encode_body, to_json_value, writing
from .errors import InvalidArgumentError
from .operation import UNSET, Operation, Parameter
from .styles import header, header_name, pairs, segment
from .transport import PreparedRequest, Timeout, TimeoutTypes

Arguments: TypeAlias = Mapping[str, Any]
_IDEMPOTENT = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"}
_LONGEST_TIMEOUT = 2_147_483  # a socket counts milliseconds in 32 bits
_LONGEST_URL = 60_000  # without the server's own part; httpx2 takes 65,536 in all
_EXTRAS: dict[str, Any] = {"extra_query": dict[str, Any], "extra_headers": dict[str, str]}


class RequestOptions(TypedDict, total=False):
    """What a single call adds to its request, beside the document, and its own timeout.

    `idempotent` is the caller's word on whether acting twice does no more than acting once.
    """

    extra_headers: Mapping[str, str]
    extra_query: Mapping[str, object]
    extra_body: object
    timeout: TimeoutTypes
    idempotent: bool


class _Target:
    """Where parameters are written to, the later ones over the earlier."""

    def __init__(self, operation: Operation[Any]) -> None:
        self.path, self.headers = operation.path, {"accept": operation.accept}
        self._pairs: dict[str, dict[str, list[str]]] = {"query": {}, "cookie": {}}

    def write(self, parameter: Parameter, value: Any) -> None:
        """Write a JSON value where its parameter is."""
        with writing(parameter.argument):
            if parameter.location == "path":
                text = segment(parameter, value)
                self.path = self.path.replace(f"{{{parameter.name}}}", text)
            elif parameter.location == "header":
                self.headers[header_name(parameter.name)] = header(parameter, value)
            else:
                place = "cookie" if parameter.location == "cookie" else "query"
                self._pairs[place][parameter.name] = pairs(parameter, value)
            if len(self.path) + len(self.joined("query", "&")) > _LONGEST_URL:
                raise ValueError("makes the URL too long")

    def write_extras(self, argument: str, location: Any, extras: Any) -> None:
        """Check and write the headers or the query that a call adds; None is left out."""
        if not extras:
            return
        checked = to_json_value(_EXTRAS[argument], extras, argument)
        for name, value in checked.items():
            if value is not None:
                self.write(Parameter(argument, name, location, explode=True), value)

    def joined(self, location: Literal["query", "cookie"], separator: str) -> str:
        """Join the pairs of a query or of cookies."""
        return separator.join(pair for found in self._pairs[location].values() for pair in found)


def prepare(
    operation: Operation[Any],
    arguments: Arguments,
    options: RequestOptions,
    base_url: str,
    credentials: Sequence[tuple[Parameter, str]] = (),
) -> PreparedRequest:
    """Check the arguments and write them where the operation wants them."""
    _check(operation, options)
    target = _Target(operation)
    for parameter in operation.parameters:
        value = arguments.get(parameter.argument, UNSET)
        if value is not UNSET and value is not None:
            target.write(parameter, to_json_value(parameter.type, value, parameter.argument))
        elif parameter.location == "path":
            raise InvalidArgumentError(parameter.argument, "a part of the path is required")
    for parameter, key in credentials:
        target.write(parameter, key)
    body = encode_body(operation.body, arguments, options.get("extra_body"))
    if body.content_type and not body.parts:
        target.headers["content-type"] = body.content_type
    target.write_extras("extra_query", "query", options.get("extra_query", {}))
    if cookies := target.joined("cookie", "; "):
        target.headers["cookie"] = cookies
    target.write_extras("extra_headers", "header", options.get("extra_headers", {}))
    query = target.joined("query", "&")
    # A document may tell operations apart by a query or a fragment that it has in their paths.
    path = target.path.partition("#")[0]
    joint = ("&" if "?" in path else "?") if query else ""
    url = f"{base_url.rstrip('/')}{path}{joint}{query}"
    said = options.get("idempotent", operation.is_idempotent)
    idempotent = operation.method.upper() in _IDEMPOTENT if said is None else said
    timeout = options.get("timeout")
    return PreparedRequest(operation, url, target.headers, timeout, idempotent, credentials, body)


def _check(operation: Operation[Any], options: RequestOptions) -> None:
    if unknown := options.keys() - RequestOptions.__annotations__.keys():
        raise TypeError(f"{operation.id} takes no argument {min(unknown)!r}")
    timeout = options.get("timeout")
    bounds: Any = timeout.as_dict().values() if isinstance(timeout, Timeout) else [timeout]
    for seconds in bounds:
        is_seconds = isinstance(seconds, int | float) and 0 < seconds <= _LONGEST_TIMEOUT
        if not (is_seconds or seconds is None):
            raise InvalidArgumentError("timeout", "should be seconds, a Timeout or None")
