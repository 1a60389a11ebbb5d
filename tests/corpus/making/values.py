"""JSON Schemas into values, each choice drawn by hypothesis; what is drawn is small.

Made for both sides: of the document's schemas the server makes answers, of pydantic's the arguments
are made. A value is tried until it fits its schema; if none does, the document's examples are.

The first example of hypothesis has the first of all choices: that is one with every property, two
items of each list, and texts of characters that have a meaning somewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from .choices import up_to
from .letters import ANY, Letters
from .merging import merged
from .numbers import number
from .objects import an_object
from .texts import texts
from .types import is_of, meant
from .validity import NoValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DEEPEST = 3
_LARGEST = 60
_TRIES = 6
_BOOLEANS = st.booleans()


class Maker:
    """Makes values of schemas: it draws, and knows how large a value has become.

    It `adds` properties where a schema has words on unnamed ones, `grows` one where it has none.
    """

    def __init__(
        self,
        draw: Callable[[Any], Any],
        letters: Letters = ANY,
        *,
        adds: bool = True,
        grows: bool = False,
    ) -> None:
        self.draw, self._letters, self.adds, self.grows = draw, letters, adds, grows
        self._size = 0
        self._definitions: dict[str, Any] = {}

    def value(self, schema: Any, fits: Callable[[Any], bool]) -> Any:
        """A value that fits. Raises NoValueError."""
        if not isinstance(schema, dict):
            schema = {}
        self._definitions = schema.get("$defs", {})
        for attempt in range(_TRIES):
            self._size = 0 if attempt < _TRIES // 2 else _LARGEST
            try:
                made = self.part(schema, 0)
            except NoValueError:
                continue
            if fits(made):
                return made
        for example in self._examples(schema):
            if fits(example):
                return example
        raise NoValueError("no value fits the schema")

    def part(self, schema: Any, depth: int) -> Any:
        """A value of a schema in the whole one, as far below. Raises NoValueError."""
        if schema is False or depth > 4 * _DEEPEST:
            raise NoValueError("false, or without an end")
        self._size += 1
        try:
            flat = merged(schema, self._definitions, lambda options: self._branch(options, depth))
        except RecursionError:
            raise NoValueError("refers to itself") from None
        if "const" in flat:
            return flat["const"]
        if "enum" in flat:
            return self._listed(flat)
        return self._of_type(flat, depth)

    def one_of(self, options: Any) -> Any:
        """One of some."""
        return options[0 if len(options) == 1 else self.draw(up_to(len(options) - 1))]

    def is_large(self, depth: int) -> bool:
        """Whether no more should be made than must be."""
        return depth >= _DEEPEST or self._size > _LARGEST

    def _examples(self, schema: dict[str, Any]) -> Iterator[Any]:
        try:
            flat = merged(schema, self._definitions, lambda branches: branches[0])
        except RecursionError:
            return
        yield from flat.get("x-examples", [])

    def _listed(self, schema: dict[str, Any]) -> Any:
        kinds, values = schema.get("type"), schema["enum"]
        if not values:
            raise NoValueError("an empty enum")
        return self.one_of([v for v in values if kinds is None or is_of(kinds, v)] or values)

    def _of_type(self, schema: dict[str, Any], depth: int) -> Any:
        kinds = schema.get("type") or meant(schema)
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if depth >= _DEEPEST and "null" in kinds:
            return None
        kind = self.one_of(kinds)
        if kind == "object":
            return an_object(self, schema, depth)
        if kind == "array":
            return self._array(schema, depth)
        if kind == "string":
            return self.draw(texts(schema, self._letters))
        if kind in {"integer", "number"}:
            return number(self.draw, kind, schema)
        return self.draw(_BOOLEANS) if kind == "boolean" else None

    def _branch(self, options: list[Any], depth: int) -> Any:
        options = [option for option in options if option is not False]
        if not options:
            raise NoValueError("nothing to choose from")
        if self.is_large(depth):
            options = sorted(options, key=_weight)[: max(1, len(options) // 2)]
        return self.one_of(options)

    def _array(self, schema: dict[str, Any], depth: int) -> list[Any]:
        first = schema.get("prefixItems", [])
        items = schema.get("items", {} if not first else False)
        least = schema.get("minItems", len(first))
        most = schema.get("maxItems", least + 2 if items is not False else len(first))
        longest = least if self.is_large(depth) else least + max(0, min(most - least, 2))
        made: list[Any] = []
        for index in range(longest - self.draw(up_to(longest - least))):
            each = first[index] if index < len(first) else items
            for _ in range(5 if schema.get("uniqueItems") else 1):
                value = self.part(each, depth + 1)
                if not schema.get("uniqueItems") or value not in made:
                    made.append(value)
                    break
        return made


def _weight(option: Any) -> int:
    kinds = option.get("type") if isinstance(option, dict) else None
    return {"null": 0, "array": 2, "object": 3}.get(kinds, 1) if isinstance(kinds, str) else 4
