"""A type of a signature, and a schema of the document for the same, into a value for both.

Half of the values are made of the signature's types, half of the document's schemas: so both are
found out, what a client takes that a server doesn't, and what a server takes that a client doesn't.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import PydanticSchemaGenerationError, PydanticUserError, TypeAdapter
from pydantic.errors import PydanticInvalidForJsonSchema

from tests.corpus.making.letters import ANY, Letters
from tests.corpus.making.validity import NoValueError
from tests.corpus.making.values import Maker

from .fitting import RefusedError, read, reads

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.corpus.server.contents import Content

_TRIES = 3


@dataclass(frozen=True)
class Wanted:
    """What a value is for: its type, its schema if there is one, what its place can hold."""

    where: str
    type: Any
    content: Content | None
    suits: Callable[[Any], bool] = lambda _: True
    letters: Letters = ANY
    adds: bool = True


@dataclass(frozen=True)
class Drawn:
    """A JSON value, what it is in Python, and whether the type admits what the document doesn't."""

    wire: Any
    value: Any
    is_wider: bool = False


class Types:
    """The types of one method, each looked at once."""

    def __init__(self) -> None:
        self._adapters: dict[Any, TypeAdapter[Any]] = {}
        self._schemas: dict[int, dict[str, Any]] = {}

    def draw(self, draw: Any, wanted: Wanted, *, by_document: bool) -> Drawn:
        """Draw a value. Raises RefusedError, NoValueError."""
        adapter, content = self._adapter(wanted.type), wanted.content
        if not by_document or content is None:
            for _ in range(_TRIES):
                wire = self._by_type(draw, wanted)
                if content is None or content.fits(wire):
                    return Drawn(wire, read(adapter, wire, wanted.where))
        if content is None:
            raise NoValueError("no content")
        wire = Maker(draw, wanted.letters, adds=wanted.adds).value(
            content.schema, lambda value: wanted.suits(value) and content.fits(value)
        )
        return Drawn(wire, read(adapter, wire, wanted.where), is_wider=not by_document)

    def _by_type(self, draw: Any, wanted: Wanted) -> Any:
        adapter = self._adapter(wanted.type)
        return Maker(draw, wanted.letters, adds=wanted.adds).value(
            self._schema(wanted.type), lambda value: wanted.suits(value) and reads(adapter, value)
        )

    def _adapter(self, type_: Any) -> TypeAdapter[Any]:
        key = type_ if isinstance(type_, type) else repr(type_)
        if key not in self._adapters:
            self._adapters[key] = TypeAdapter(type_)
        return self._adapters[key]

    def _schema(self, type_: Any) -> dict[str, Any]:
        if id(type_) not in self._schemas:
            adapter = self._adapter(type_)
            try:
                self._schemas[id(type_)] = adapter.json_schema(by_alias=True, mode="validation")
            except (
                PydanticInvalidForJsonSchema,
                PydanticSchemaGenerationError,
                PydanticUserError,
            ) as error:
                raise RefusedError(f"pydantic has no schema: {error}") from None
        return self._schemas[id(type_)]
