"""What the templates are given: a client, said in Python's terms, wire names kept beside them.

Frozen data only. An annotation is the text of a Python type expression in which components stand
as `models.<Class>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Security: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives, each the schemes that are to be met together (OAS 3.2 §4.30)."""


class Location(StrEnum):
    """Where a parameter goes (OAS 3.2 §4.12.1)."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    HEADER = "header"
    COOKIE = "cookie"


class Kind(StrEnum):
    """What a method gives back."""

    VALUE = "value"
    STREAM = "stream"
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class Argument:
    """A keyword argument of a method."""

    name: str
    annotation: str
    required: bool
    description: str
    default: str | None = None
    """What the server takes if it is left out, as Python writes it; None if that is not said."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """How one argument goes into a request; `annotation` is what it is validated against."""

    argument: str
    name_wire: str
    location: Location
    annotation: str
    style: str
    explode: bool
    allow_reserved: bool = False
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a property goes into a form or a part, where its type doesn't say it (OAS 3.2 §4.15).

    A `style` is None where the media types of `content_type` say how.
    """

    name_wire: str
    content_type: str
    style: str | None = None
    explode: bool = True
    allow_reserved: bool = False
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A request body; `arguments` pairs arguments with properties, None if it is given whole.

    The annotation is `BINARY` for what is sent as it is given.
    """

    media_type: str
    annotation: str
    required: bool
    arguments: tuple[tuple[str, str], ...] | None
    files: tuple[str, ...] = ()
    constants: tuple[tuple[str, str | bool], ...] = ()
    not_null: tuple[str, ...] = ()
    """The arguments that may be left out, but not be None."""
    encodings: tuple[Encoding, ...] = ()
    declared_as: str = ""
    """The media type in the document, where that is a range that the client chooses from."""


@dataclass(frozen=True, slots=True)
class EventStream:
    """The events of a stream and their order, as `x-event-stream` says it.

    `annotation` is of the JSON that they carry, or `TEXT`.
    """

    annotation: str
    tag: str | None
    ends: tuple[str, ...]
    keep_alive: str | None
    error: str | None
    text: tuple[tuple[str, str], ...] = ()
    """Which events carry the answer's text, each with the property that holds it."""
    replacements: tuple[str, ...] = ()
    """Those of them whose text stands for all that came before."""
    separator: str = ""
    """What stands between them where they are not server-sent events, but JSON alone."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one media type of an answer decodes into: a type, or the events of a stream."""

    media_type: str
    annotation: str
    stream: EventStream | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer; no contents means that nothing comes back."""

    status: str
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as one method sends it, under the name of the function that describes it."""

    function: str
    id: str
    method: str
    path: str
    returns: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    answers: tuple[Answer, ...]
    security: Security | None
    base_url: str | None
    is_idempotent: bool | None = None
    """Whether sending it twice does no harm, where the document says so."""

    @property
    def redirects(self) -> bool:
        """Whether it succeeds by a redirect."""
        return any(answer.status.startswith("3") for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Paging:
    """The method that walks through the pages of another, as `x-pagination` says it.

    `by` is an argument; `items`, `next` and `more` are pointers into an answer.
    """

    name: str
    constant: str
    item: str
    by: str
    items: str
    start: int
    counts_items: bool
    next: str | None
    more: str | None


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a resource, in both flavours."""

    name: str
    kind: Kind
    operation: Operation
    arguments: tuple[Argument, ...]
    returns: str
    summary: str
    description: str
    deprecated: bool
    paging: Paging | None = None
    sends: str | None = None
    """What it sends, where other methods send other media types for the same operation."""


@dataclass(frozen=True, slots=True)
class Resource:
    """The operations of one tag: `client.<attribute>`."""

    attribute: str
    class_name: str
    description: str
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """How a request shows who it is from: `kind` is bearer, basic or apiKey.

    A `prefix` stands before the key.
    """

    name_wire: str
    kind: str
    location: str | None = None
    parameter_wire: str | None = None
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """The class of a component, and the attributes of its properties."""

    component: str
    class_name: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute of a model."""

    name: str
    name_wire: str
    annotation: str
    required: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What a model holds: fields, or whatever `annotation` says if it has none."""

    annotation: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """All that is to be generated."""

    distribution: str
    name: str
    class_name: str
    version: str
    environment: str
    title: str
    description: str
    api_version: str
    base_url: str | None
    security_schemes: tuple[SecurityScheme, ...]
    security: Security
    resources: tuple[Resource, ...]
    methods: tuple[Method, ...]
    models: tuple[Model, ...]

    @property
    def operation_ids(self) -> frozenset[str]:
        """The ids of the operations that have a method."""
        return frozenset(method.operation.id for method in self._everywhere)

    @property
    def media_type_example(self) -> tuple[Method, ...]:
        """The methods of the first operation that has some for several media types."""
        found = [method for method in self._everywhere if method.sends]
        return tuple(one for one in found if one.operation.id == found[0].operation.id)

    @property
    def _everywhere(self) -> tuple[Method, ...]:
        return (*self.methods, *(m for resource in self.resources for m in resource.methods))


@dataclass(frozen=True, slots=True)
class Surface:
    """All that programs may hold on to: a package, and its models' shapes by their components."""

    package: Package
    shapes: Mapping[str, Shape]
