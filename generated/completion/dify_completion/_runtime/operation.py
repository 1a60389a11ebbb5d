"""What the generated code says of an operation: its parameters, its body and its answers.

Plain values, in OpenAPI's words; pydantic's adapters are built from them when first needed.
Knows nothing of HTTP, of sending or of the client.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
# Alternatives, each the names of the schemes that are to be met together (OAS 3.2 §4.30).
Security: TypeAlias = tuple[tuple[str, ...], ...]


class Unset(Enum):
    """The type of `UNSET`, which stands for an argument that was not given."""

    UNSET = "UNSET"


class Raw(Enum):
    """A content without a schema: bytes as they come, or text in the charset of the answer."""

    BINARY = "binary"
    TEXT = "text"


UNSET: Final = Unset.UNSET
BINARY: Final = Raw.BINARY
TEXT: Final = Raw.TEXT
_STRING = TypeAdapter(str)


class _Typed:
    type: Any

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What checks, reads and writes values of the type."""
        return _STRING if self.type is str else TypeAdapter(self.type)


@dataclass(frozen=True)
class Parameter(_Typed):
    """One parameter: how its argument is checked and how it is written (OAS 3.2 §4.12)."""

    argument: str
    name: str
    location: Literal["path", "query", "header", "cookie"]
    type: Any = str
    style: Literal[
        "simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"
    ] = "form"
    explode: bool = False
    allow_reserved: bool = False
    content_type: str | None = None


@dataclass(frozen=True)
class Body(_Typed):
    """A request body: the argument `body`, or a keyword argument for each of its properties.

    `arguments` maps these arguments to the properties; None means `body`. `files` are the multipart
    properties that are files; `constants` are properties that the method sets.
    """

    media_type: str
    type: Any
    arguments: Mapping[str, str] | None = None
    required: bool = True
    files: frozenset[str] = frozenset()
    constants: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class EventStream(_Typed):
    """A stream of server-sent events whose data are of a type, and their order (`x-event-stream`).

    `tag` is the property that names an event. A stream has to reach one of `ends`; only `after_end`
    may follow. `keep_alive` is skipped, `error` raised.
    """

    type: Any
    tag: str | None = None
    ends: frozenset[str] = frozenset()
    after_end: frozenset[str] = frozenset()
    keep_alive: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class Answer:
    """What comes back with a status: `200`, `2XX` or `default`; without content, None.

    `content` maps a media type or range (`audio/*`) to a type for pydantic, `BINARY`, `TEXT` or an
    `EventStream`.
    """

    status: str
    content: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def ranges(self) -> dict[str, TypeAdapter[Any] | Raw | EventStream]:
        """The contents by media type without parameters; an adapter in place of a type."""
        ranges = {k.partition(";")[0].strip().lower(): v for k, v in self.content.items()}
        untyped = Raw | EventStream
        return {k: v if isinstance(v, untyped) else TypeAdapter(v) for k, v in ranges.items()}


@dataclass(frozen=True)
class Operation(Generic[T]):
    """One operation of the document, whose successful answer is a `T`.

    `answers` are the successful ones. `security` is given where it is not the document's own.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: tuple[Answer, ...] = ()
    security: Security | None = None
    base_url: str | None = None

    @cached_property
    def accept(self) -> str:
        """The media types of the answers, for the `Accept` header."""
        return ", ".join({name: 0 for answer in self.answers for name in answer.content}) or "*/*"
