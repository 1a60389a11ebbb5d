"""A schema into one value for a reader's eyes: the document's own example, or placeholders.

An object has its required properties only, or all if it requires none. A pattern is not looked
at. Knows nothing of operations or of Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from specloom.document.objects import parts, properties, required
from specloom.document.references import follow

NOTHING: Final = object()
"""No example was given; null may be one."""

_DEEPEST: Final = 7
# What is longer than these is no example.
_LONGEST: Final = 80
_MOST: Final = 3
_TEXTS: Final = {
    "byte": "AAECAw==",
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "date-time-local": "2026-01-31T12:00:00",
    "decimal": "1.50",
    "duration": "PT1H",
    "email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "12:00:00Z",
    "uri": "https://example.com/",
    "uuid": "9da23599-e713-473b-982c-4328d4f5c78a",
}


@dataclass(frozen=True, slots=True)
class Instances:
    """Values for the schemas of one document."""

    tree: dict[str, Any]

    def of(self, schema: Any, name: str, given: Any = NOTHING, above: tuple[int, ...] = ()) -> Any:
        """One value, cut from the one that is given, if any; a text without example is the name.

        `above` are the schemas that it is a part of: one that requires itself has no value.
        """
        if above.count(id(follow(self.tree, schema))) > 1:
            return {}
        above = (*above, id(follow(self.tree, schema)))
        said = self._said(schema)
        if "const" in said:
            return said["const"]
        given = _example(said) if given is NOTHING else given
        if choices := said.get("enum"):
            return given if given in choices else choices[0]
        if alternatives := said.get("oneOf", said.get("anyOf")):
            return self._alternative(alternatives, name, given, above)
        if fields := properties(self.tree, schema):
            return self._object(schema, fields, given, above)
        return self._plain(said, name, above) if given is NOTHING else given

    def _said(self, schema: Any) -> dict[str, Any]:
        """What a schema and the parts of its `allOf` say, in one."""
        found = parts(self.tree, schema)
        return {keyword: value for part in found for keyword, value in part.items()}

    def _alternative(
        self, alternatives: list[Any], name: str, given: Any, above: tuple[int, ...]
    ) -> Any:
        if given is not NOTHING or len(above) > _DEEPEST:
            return None if given is NOTHING else given
        values = [part for part in alternatives if self._said(part).get("type") != "null"]
        return self.of((values or alternatives)[0], name, above=above)

    def _object(
        self, schema: Any, fields: dict[str, Any], given: Any, above: tuple[int, ...]
    ) -> Any:
        needed = required(self.tree, schema)
        chosen = [
            name for name in fields if name in needed or not (needed or len(above) > _DEEPEST)
        ]
        values = given if isinstance(given, dict) else {}
        return {
            name: self.of(fields[name], name, values.get(name, NOTHING), above) for name in chosen
        }

    def _plain(self, said: dict[str, Any], name: str, above: tuple[int, ...]) -> Any:
        """A value of the first type; null where that would do."""
        kinds = said.get("type", "null")
        kind, *others = kinds if isinstance(kinds, list) else [kinds]
        if "null" in (kind, *others):
            return None
        if kind == "array":
            return self._array(said, name, above)
        makers = {"string": _text, "integer": _integer, "number": _number}
        if kind in makers:
            return makers[kind](said, name)
        return {"boolean": True, "object": {}}.get(kind)

    def _array(self, said: dict[str, Any], name: str, above: tuple[int, ...]) -> list[Any]:
        if len(above) > _DEEPEST or said.get("maxItems") == 0:
            return []
        count = min(max(said.get("minItems", 1), 1), _MOST)
        return [self.of(said.get("items"), name, above=above)] * count


def _example(said: dict[str, Any]) -> Any:
    return next(iter(said.get("examples", ())), said.get("default", NOTHING))


def _text(said: dict[str, Any], name: str) -> str:
    format_ = "byte" if said.get("contentEncoding") == "base64" else said.get("format", "")
    text = _TEXTS.get(format_, name)
    return text.ljust(min(said.get("minLength", 0), _LONGEST), "x")[: said.get("maxLength")]


def _integer(said: dict[str, Any], _: str) -> int:
    return int(_number(said, _))


def _number(said: dict[str, Any], _: str) -> float:
    lowest = said.get("minimum", said.get("exclusiveMinimum", 0) + 1)
    return float(min(lowest, said.get("maximum", lowest)))
