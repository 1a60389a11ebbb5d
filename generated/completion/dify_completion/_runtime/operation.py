"""What the generated code says of an operation: its parameters, its body and its answers.

Plain values, in OpenAPI's words; pydantic's adapters are built from them when first needed.
Knows nothing of HTTP, of sending or of the client.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, cached_property, partial
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Generic,
    Literal,
    ParamSpec,
    TypeAlias,
    TypeVar,
)

if TYPE_CHECKING:
    from pydantic import TypeAdapter

P = ParamSpec("P")
T = TypeVar("T")
# Alternatives, each the names of the schemes that are to be met together (OAS 3.2 §4.30).
Security: TypeAlias = tuple[tuple[str, ...], ...]
Style: TypeAlias = Literal[
    "simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"
]


class Unset(Enum):
    """The type of `UNSET`, which stands for an argument that was not given."""

    UNSET = "UNSET"


class Raw(Enum):
    """A content without a schema: bytes as they come, or text in the charset of the answer."""

    BINARY = "binary"
    TEXT = "text"


UNSET: Final = Unset.UNSET
"""An argument that is not given."""
BINARY: Final = Raw.BINARY
TEXT: Final = Raw.TEXT


def kept(build: Callable[P, T]) -> Callable[P, T]:
    """Build once for each type; `A | B` equals `B | A`, but is read in its own order."""

    @cache
    def built(_order: str, *args: P.args, **kwargs: P.kwargs) -> T:
        return build(*args, **kwargs)

    return lambda *args, **kwargs: built(repr(args), *args, **kwargs)


@kept
def adapter_of(type_: Any) -> "TypeAdapter[Any]":
    """Give pydantic's adapter of a type."""
    try:
        return _adapter(type_)
    except RecursionError:
        from .model import build_models

        if not build_models():
            raise
    return adapter_of(type_)


def _adapter(type_: Any) -> "TypeAdapter[Any]":
    # Half of what it costs to import pydantic, which a program may not need at once.
    from pydantic import ConfigDict, PydanticUserError, TypeAdapter

    with suppress(PydanticUserError):  # a model has a configuration of its own
        # Infinity is kept, to be refused, rather than sent as null.
        return TypeAdapter(type_, config=ConfigDict(ser_json_inf_nan="constants"))
    adapter: TypeAdapter[Any] = TypeAdapter(type_)
    adapter.rebuild()
    return adapter


@kept
def validator(type_: Any) -> Callable[[bytes], Any]:
    """Give what reads JSON of a type, by the wire's names; it raises pydantic's ValidationError."""
    read = adapter_of(type_).validator.validate_json
    return partial(read, strict=True, by_alias=True, by_name=False)


@dataclass(frozen=True)
class Parameter:
    """One parameter: how its argument is checked and how it is written (OAS 3.2 §4.12)."""

    argument: str
    name: str
    location: Literal["path", "query", "querystring", "header", "cookie"]
    type: Any = str
    style: Style = "form"
    explode: bool = False
    allow_reserved: bool = False
    content_type: str | None = None


@dataclass(frozen=True)
class Encoding:
    """How a property goes into a form or a part (OAS 3.2 §4.15), where its type doesn't say it.

    With a `style` it is written as in a query, else as the first of the `content_type`s.
    """

    content_type: str = ""
    style: Style | None = None
    explode: bool = True
    allow_reserved: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """A request body: the argument `body`, or a keyword argument for each of its properties.

    `arguments` maps these arguments to the properties; None means `body`. `files` are the multipart
    properties that are files; `constants` are properties that the method sets. `not_null` are the
    arguments that may be left out, but not be None. `type` is for pydantic, or `BINARY`.
    """

    media_type: str
    type: Any
    arguments: Mapping[str, str] | None = None
    required: bool = True
    files: frozenset[str] = frozenset()
    constants: Mapping[str, Any] = field(default_factory=dict)
    not_null: frozenset[str] = frozenset()
    encoding: Mapping[str, Encoding] = field(default_factory=dict)


@dataclass(frozen=True)
class EventStream:
    """A stream of server-sent events whose data are JSON of a type, and their order.

    With `TEXT` for a type, the data are text. With a `separator`, the stream is JSON after JSON.

    `tag` is the property that names an event. A stream has to reach one of `ends`. `keep_alive` is
    skipped, `error` raised. `text` maps the tags of events to the property that holds a piece of
    the answer's text; that of the `replacements` stands for all of the text before it.
    """

    type: Any
    separator: bytes = b""
    tag: str | None = None
    ends: frozenset[str] = frozenset()
    keep_alive: str | None = None
    error: str | None = None
    text: Mapping[str, str] = field(default_factory=dict)
    replacements: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Paging:
    """How an operation pages (`x-pagination`): the argument `by`, and pointers into an answer.

    `items` leads to the list of a page. `by` counts pages, or the items before (`counts_items`),
    from `start`; or it is a cursor, which is found at `next`. `more` leads to whether there are
    further pages.
    """

    by: str
    items: str
    start: int = 1
    counts_items: bool = False
    next: str | None = None
    more: str | None = None


@dataclass(frozen=True)
class Answer:
    """What comes back with a status: `200`, `2XX` or `default`; without content, None.

    `content` maps a media type or range (`audio/*`) to a type for pydantic, `BINARY`, `TEXT` or an
    `EventStream`.
    """

    status: str
    content: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def ranges(self) -> dict[str, Any]:
        """The contents by media type without parameters."""
        return {k.partition(";")[0].strip().lower(): v for k, v in self.content.items()}


@dataclass(frozen=True)
class Operation(Generic[T]):
    """One operation of the document, whose successful answer is a `T`.

    `answers` are the successful ones. `security` is given where it is not the document's own.
    `is_idempotent` is given where the document says so (`x-idempotent`).
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    answers: tuple[Answer, ...] = ()
    security: Security | None = None
    base_url: str | None = None
    is_idempotent: bool | None = None

    @cached_property
    def accept(self) -> str:
        """The media types of the answers, for the `Accept` header: JSON before any other."""
        names = dict.fromkeys(name for answer in self.answers for name in answer.content)
        first = [name for name in names if "json" in name] or names
        return ", ".join(name if name in first else f"{name};q=0.9" for name in names) or "*/*"
