"""A media type object into a schema, and what tells whether a value fits it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.corpus.making.validity import validity

if TYPE_CHECKING:
    from collections.abc import Callable

    from .files import Place
    from .schemas import Schemas


class Content:
    """What a body, a parameter or a part holds."""

    def __init__(self, schemas: Schemas, place: Place | None, word: str = "schema") -> None:
        self._schemas, self._place = schemas, place
        self.described: dict[str, Any] = (
            place.value if place and isinstance(place.value, dict) else {}
        )
        self.word = word

    @property
    def has_schema(self) -> bool:
        """Whether anything is said of the values."""
        return self.word in self.described

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The schema in JSON Schema 2020-12."""
        at = self._place.get(self.word) if self._place else None
        return self._schemas.convert(at) if at else {"$defs": {}}

    @cached_property
    def fits(self) -> Callable[[Any], bool]:
        """Whether a value is valid."""
        return validity(self.schema)
