"""A request as it was sent into the call of the generated client that sends it.

What the client's types don't take goes into `extra_query` and `extra_body`. Headers that the
document doesn't know are not looked at.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import unquote

from specloom.document.walk import operations_of, path_items
from specloom.ir import Kind
from specloom.media_types import essence

from .given_arguments import Given, UnsendableError
from .given_body import take_body
from .given_parameters import take_parameters
from .instances import Instances
from .literals import literal
from .sent_texts import Fitting, read_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specloom.ir import Method, Package, SecurityScheme

_WIDTH: Final = 96
# A longer call is not read by anyone.
_LONGEST: Final = 4000


class Sent(Protocol):
    """A request; `target` is what follows the base URL, names of headers are in lower case."""

    @property
    def method(self) -> str:
        """As it is sent."""

    @property
    def target(self) -> str:
        """Path and query."""

    @property
    def headers(self) -> Mapping[str, str]:
        """All of them."""

    @property
    def body(self) -> bytes:
        """The content."""


def client_calls(package: Package, tree: dict[str, Any]) -> Callable[[Sent], str | None]:
    """What writes the call for a request to a normalized document; None if there is no such call.

    A call is of `client`, and runs as it stands.
    """
    calls = _Calls(package, tree)

    def call(sent: Sent) -> str | None:
        try:
            written = calls.call(sent)
        except (UnsendableError, ValueError):
            return None
        return written if len(written) <= _LONGEST else None

    return call


class _Calls:
    def __init__(self, package: Package, tree: dict[str, Any]) -> None:
        self.package = package
        self.fitting, self.instances = Fitting(tree), Instances(tree)
        self.schemes = {scheme.name_wire: scheme for scheme in package.security_schemes}
        self.operations = {
            (str(item.key), str(node.key).upper()): node.value
            for item in path_items(tree)
            for node in operations_of(item)
        }

    def call(self, sent: Sent) -> str:
        """The call. Raises UnsendableError, or ValueError for a body that is broken."""
        path, _, query = sent.target.partition("?")
        expression, method, values = self._addressed(sent, path)
        if not self._has_key(method, sent):
            raise UnsendableError
        operation = self.operations[method.operation.path, method.operation.method.upper()]
        given = Given(method, operation, self.fitting, self.instances)
        take_parameters(given, values, query, sent.headers)
        take_body(given, sent.headers.get("content-type", ""), sent.body)
        required = {argument.name for argument in method.arguments if argument.required}
        if not required <= given.arguments.keys():
            raise UnsendableError
        end = ".collect()" if method.kind is Kind.STREAM else ""
        return _written(expression, given) + end

    def _addressed(self, sent: Sent, path: str) -> tuple[str, Method, dict[str, str]]:
        """A method, the expression that leads to it, and the values of its path's parameters."""
        found = [
            (expression, method, values)
            for expression, method in _methods(self.package)
            if method.operation.method.upper() == sent.method
            and (values := _path_values(method.operation.path, path)) is not None
        ]
        if not found:
            raise UnsendableError
        fewest = min(len(values) for _, _, values in found)
        concrete = [each for each in found if len(each[2]) == fewest]
        return max(concrete, key=lambda each: (_sends(each[1], sent), _is_constant(each[1], sent)))

    def _has_key(self, method: Method, sent: Sent) -> bool:
        """Whether the request has the headers that the client would send a key in."""
        security = method.operation.security
        alternatives = self.package.security if security is None else security
        return not alternatives or any(
            all(_header(self.schemes[name]) in {None, *sent.headers} for name in names)
            for names in alternatives
        )


def _header(scheme: SecurityScheme) -> str | None:
    """The header that holds a key; None if none does."""
    if scheme.kind != "apiKey":
        return "authorization"
    return (scheme.parameter_wire or "").lower() if scheme.location == "header" else None


def _methods(package: Package) -> Iterator[tuple[str, Method]]:
    for method in package.methods:
        yield f"client.{method.name}", method
    for resource in package.resources:
        for method in resource.methods:
            yield f"client.{resource.attribute}.{method.name}", method


def _path_values(template: str, path: str) -> dict[str, str] | None:
    pattern = "([^/]+)".join(map(re.escape, re.split(r"\{[^{}]+\}", template)))
    match = re.fullmatch(pattern, path)
    if match is None or {".", ".."} & set(match.groups()):
        return None
    names = re.findall(r"\{([^{}]+)\}", template)
    return dict(zip(names, map(unquote, match.groups()), strict=True))


def _sends(method: Method, sent: Sent) -> bool:
    """Whether a method sends the media type of a request."""
    body = method.operation.body
    kind = essence(sent.headers.get("content-type", ""))
    return body is not None and fnmatchcase(kind, essence(body.media_type))


def _is_constant(method: Method, sent: Sent) -> bool:
    """Whether the body says what the method sets by itself, such as to stream."""
    body = method.operation.body
    if body is None or not body.constants:
        return True
    try:
        value = read_json(sent.body)
    except ValueError:
        return False
    return isinstance(value, dict) and dict(body.constants).items() <= value.items()


def _written(expression: str, given: Given) -> str:
    """The call: on one line, or an argument to a line."""
    texts = [
        f"{argument.name}={given.arguments[argument.name]}"
        for argument in given.method.arguments
        if argument.name in given.arguments
    ]
    extras = {"extra_query": given.extra_query, "extra_body": given.extra_body}
    texts += [f"{name}={literal(value, 4)}" for name, value in extras.items() if value]
    line = f"{expression}({', '.join(texts)})"
    if len(line) <= _WIDTH and "\n" not in line:
        return line
    return "\n".join([f"{expression}(", *(f"    {text}," for text in texts), ")"])
