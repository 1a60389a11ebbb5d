"""An operation and its arguments, turned into a request that is ready to be sent.

Every argument is checked first; InvalidArgumentError names the one that doesn't fit.
Knows nothing of how a request is sent, or sent again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypedDict

from .body import encode_body, to_json_value, writing
from .errors import InvalidArgumentError
from .operation import UNSET, Operation, Parameter
from .styles import header, pairs, segment
from .transport import PreparedRequest, TimeoutTypes

Arguments: TypeAlias = Mapping[str, Any]
Headers: TypeAlias = Mapping[str, str]
Query: TypeAlias = Mapping[str, object]


class RequestOptions(TypedDict, total=False):
    """What a single call adds to its request, unchecked, and its own timeout."""

    extra_headers: Headers
    extra_query: Query
    extra_body: object
    timeout: TimeoutTypes


class _Target:
    """Where parameters are written to, the later ones over the earlier."""

    def __init__(self, path: str, headers: dict[str, str]) -> None:
        self.path, self.headers = path, headers
        self.pairs: dict[str, dict[str, list[str]]] = {"query": {}, "cookie": {}}

    def write(self, parameter: Parameter, value: Any) -> None:
        """Check a value and write it where its parameter is."""
        with writing(parameter.argument):
            checked = to_json_value(parameter.adapter, value, parameter.argument)
            if parameter.location == "path":
                text = segment(parameter, checked)
                self.path = self.path.replace(f"{{{parameter.name}}}", text)
            elif parameter.location == "header":
                self.headers[parameter.name.lower()] = header(parameter, checked)
            else:
                self.pairs[parameter.location][parameter.name] = pairs(parameter, checked)

    def joined(self, location: str, separator: str) -> str:
        """Join the pairs of a query or of cookies."""
        return separator.join(pair for found in self.pairs[location].values() for pair in found)


def prepare(  # noqa: PLR0913 (what the client adds is named)
    operation: Operation[Any],
    arguments: Arguments,
    options: RequestOptions,
    *,
    base_url: str,
    timeout: TimeoutTypes,
    user_agent: str,
    credentials: Sequence[tuple[Parameter, str]] = (),
) -> PreparedRequest:
    """Check the arguments and write them where the operation wants them."""
    target = _Target(operation.path, {"accept": operation.accept, "user-agent": user_agent})
    for parameter in operation.parameters:
        value = arguments.get(parameter.argument, UNSET)
        if value is not UNSET and value is not None:
            target.write(parameter, value)
        elif parameter.location == "path":
            raise InvalidArgumentError(parameter.argument, "a part of the path is required")
    for parameter, key in credentials:
        target.write(parameter, key)
    for name, value in options.get("extra_query", {}).items():
        if value is not None:
            target.write(Parameter(name, name, "query", Any, explode=True), value)
    with writing("body"):
        body = encode_body(operation.body, arguments, options.get("extra_body"))
    if body.content_type:
        target.headers["content-type"] = body.content_type
    if cookies := target.joined("cookie", "; "):
        target.headers["cookie"] = cookies
    extra_headers = options.get("extra_headers", {})
    target.headers |= {name.lower(): text for name, text in extra_headers.items()}
    query = target.joined("query", "&")
    return PreparedRequest(
        operation,
        f"{base_url.rstrip('/')}{target.path}{'?' if query else ''}{query}",
        target.headers,
        options.get("timeout", timeout),
        body.content,
        body.parts,
    )
