"""The calls that a README shows, as Python: the first method of each kind.

Knows nothing of Markdown, nor where the values come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.ir import Kind
from specloom.media_types import is_json

from .literals import literal, quoted
from .samples import Answer, Samples, takes_files
from .stream_examples import StreamExample, stream_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.ir import Argument, Method, Package

_WIDTH: Final = 96
# Arguments whose value is more than a literal: how it is made, and what that imports.
_MADE: Final = {
    "Base64": ("base64.b64decode({})", "import base64"),
    "DateTime": ("datetime.fromisoformat({})", "from datetime import datetime"),
    "Decimal": ("Decimal({})", "from decimal import Decimal"),
    "date": ("date.fromisoformat({})", "from datetime import date"),
}
_FILE: Final = 'Path("upload.txt")'
_Found = tuple[str, "Method"]
"""A method, after the expression that leads to it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A call of one method of `client`."""

    method: Method
    path: str
    given: tuple[str, ...]
    """The arguments, each as it is written."""
    imports: tuple[str, ...]
    answer: str | None
    """JSON that a server could answer, as Python."""
    response: str
    """The response that carries it, where it is called ANSWER."""
    gives_model: bool
    """Whether the answer is read into one model."""
    stream: StreamExample | None

    def call(self, *more: str) -> str:
        """The call, with further arguments: on one line, or an argument to a line."""
        return _called(self.path, (*self.given, *more))

    def whole(self) -> str:
        """The call, up to the end of its answer."""
        return self.call() + (".collect()" if self.stream else "")

    def with_response(self) -> str:
        """The same call by `with_response`."""
        return _called("client.with_response", (self.path, *self.given))


@dataclass(frozen=True, slots=True)
class Examples:
    """What a README shows; None where the document has nothing of the kind."""

    value: Example | None
    stream: Example | None
    upload: Example | None
    binary: Example | None
    paged: Example | None
    keyed: str
    """What a client is given beside the environment."""
    faked: str
    """What a client is given that has no server."""
    by_scheme: str
    """A key for each security scheme."""

    @property
    def first(self) -> Example | None:
        """The one that stands for any method."""
        return self.value or self.binary or self.stream


def examples_of(package: Package, tree: dict[str, Any]) -> Examples:
    """Choose a method of each kind, a plain one if there is, and write its call."""
    samples = Samples.of(tree)
    classes = _classes(package)
    found = sorted(_methods(package), key=lambda item: _oddities(item[1], classes))

    def first(wanted: list[_Found]) -> Example | None:
        return _example(*wanted[0], package, samples) if wanted else None

    def of_kind(kind: Kind) -> list[_Found]:
        return [item for item in found if item[1].kind is kind]

    base_url = 'base_url="https://api.test"'
    return Examples(
        first(of_kind(Kind.VALUE)),
        first(of_kind(Kind.STREAM)),
        first([item for item in found if _takes_files(item[1])]),
        first(of_kind(Kind.BINARY)),
        first(_paged(found)),
        _keyed(package),
        ", ".join(filter(None, [_keyed(package, "test"), base_url])),
        literal(_by_scheme(package)),
    )


def _methods(package: Package) -> Iterator[_Found]:
    for method in package.methods:
        yield f"client.{method.name}", method
    for resource in package.resources:
        for method in resource.methods:
            yield f"client.{resource.attribute}.{method.name}", method


def _classes(package: Package) -> set[str]:
    """The models that have fields, as annotations."""
    return {f"models.{model.class_name}" for model in package.models if model.fields}


def _oddities(method: Method, classes: set[str]) -> tuple[bool, ...]:
    """What makes a method a poor first example."""
    is_poor = not _orders_events(method), method.returns not in classes
    return method.deprecated, _takes_files(method), *is_poor


def _orders_events(method: Method) -> bool:
    """Whether it streams events of which the document says which end it."""
    contents = [content for answer in method.operation.answers for content in answer.contents]
    return any(content.stream and content.stream.ends for content in contents)


def _takes_files(method: Method) -> bool:
    return any(takes_files(argument) for argument in method.arguments)


def _paged(found: list[_Found]) -> list[_Found]:
    """The methods that page, each after the one that walks through its pages."""
    return [
        (f"{path.rpartition('.')[0]}.{method.paging.name}", method)
        for path, method in found
        if method.paging
    ]


def _keyed(package: Package, single: str = "") -> str:
    """The key as an argument, if one is given: for each scheme where none may stand alone."""
    if package.security and all(len(names) > 1 for names in package.security):
        return f"api_key={literal(_by_scheme(package))}"
    return f"api_key={quoted(single)}" if single and package.security_schemes else ""


def _by_scheme(package: Package) -> dict[str, str]:
    texts = {"basic": "user:password"}
    return {item.name_wire: texts.get(item.kind, "your key") for item in package.security_schemes}


def _example(path: str, method: Method, package: Package, samples: Samples) -> Example:
    given = samples.arguments(method)
    imports = {_MADE[kind][1] for kind in map(_kind, given) if kind in _MADE}
    if any(takes_files(argument) for argument in given):
        imports.add("from pathlib import Path")
    answer = samples.answer(method)
    events = samples.stream(method)
    return Example(
        method,
        path,
        tuple(f"{argument.name}={_written(argument, value)}" for argument, value in given.items()),
        tuple(sorted(imports)),
        literal(answer.value) if is_json(answer.media_type) else None,
        _response(answer),
        method.returns in _classes(package),
        stream_example(*events, samples.instances, package.models) if events else None,
    )


def _kind(argument: Argument) -> str:
    """The type of an argument, or of the items of a list."""
    return argument.annotation.removesuffix(" | None").removeprefix("Sequence[").removesuffix("]")


def _written(argument: Argument, value: Any) -> str:
    """The value of an argument as it stands in a call, on lines of its own if need be."""
    if takes_files(argument):
        return f"[{_FILE}]" if argument.annotation.startswith("Sequence") else _FILE
    if _kind(argument) not in _MADE or value is None:
        return literal(value, 4)
    make, _ = _MADE[_kind(argument)]
    if isinstance(value, list):
        return f"[{', '.join(make.format(literal(item)) for item in value)}]"
    return make.format(literal(value))


def _response(answer: Answer) -> str:
    if not answer.media_type:
        return f"httpx2.Response({answer.status})"
    header = f'headers={{"content-type": {quoted(answer.media_type)}}}'
    if not is_json(answer.media_type) or answer.value is None:
        content = "null" if is_json(answer.media_type) else "answer"
        return f'httpx2.Response({answer.status}, content=b"{content}", {header})'
    more = "" if answer.media_type == "application/json" else f", {header}"
    return f"httpx2.Response({answer.status}, json=ANSWER{more})"


def _called(path: str, given: tuple[str, ...]) -> str:
    line = f"{path}({', '.join(given)})"
    if len(line) <= _WIDTH and "\n" not in line:
        return line
    return "\n".join([f"{path}(", *(f"    {argument}," for argument in given), ")"])
