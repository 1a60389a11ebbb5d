"""Texts of a URL, a header or a form into the values that a schema has for them."""

from __future__ import annotations

import json
from typing import Any

from tests.corpus.making.types import is_of


class Shapes:
    """What a schema of 2020-12 says of the shape of its values."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._definitions = schema.get("$defs", {})
        self.schema = schema

    def parts(self, schema: Any) -> list[dict[str, Any]]:
        """The schema itself and all that it is made of, at the same place of a value."""
        found: dict[int, dict[str, Any]] = {}
        left = [schema]
        while left:
            part = left.pop(0)
            if isinstance(part, dict) and id(part) not in found:
                found[id(part)] = part
                if "$ref" in part:
                    left.append(self._target(part))
                for word in ("allOf", "anyOf", "x-children"):
                    left += part.get(word, ())
        return list(found.values())

    def certain_names(self, schema: Any) -> set[str]:
        """The names of the properties that a schema has whichever branch of a union is taken."""
        found, left, seen = set[str](), [schema], set[int]()
        while left:
            part = left.pop()
            if isinstance(part, dict) and id(part) not in seen:
                seen.add(id(part))
                left += part.get("allOf", ())
                left += [self._target(part)] if "$ref" in part else []
                found |= part.get("properties", {}).keys() - set(part.get("x-left-out", ()))
        return found

    def _target(self, part: dict[str, Any]) -> Any:
        return self._definitions[part["$ref"].removeprefix("#/$defs/")]

    def kinds(self, schema: Any) -> list[str]:
        """How values may be written: `array`, `object`, `text`."""
        types = self.types(schema)
        kinds = [kind for kind in ("array", "object") if kind in types]
        return kinds + (["text"] if types - {"array", "object"} or not types else [])

    def types(self, schema: Any) -> set[str]:
        """The JSON types that a schema names, or means."""
        found = set[str]()
        for part in self.parts(schema):
            kinds = part.get("type", [])
            found |= {kinds} if isinstance(kinds, str) else {*kinds}
            values = [*part.get("enum", []), *([part["const"]] if "const" in part else [])]
            found |= {"string"} if any(isinstance(value, str) for value in values) else set()
            found |= {"number"} if any(is_of("number", value) for value in values) else set()
            found |= {"null"} if None in values else set()
            found |= {"boolean"} if any(isinstance(value, bool) for value in values) else set()
            found |= {"object"} if "properties" in part and "type" not in part else set()
            found |= {"array"} if "items" in part and "type" not in part else set()
        return found

    def below(self, schema: Any, step: str | int) -> Any:
        """What describes a property or an item."""
        found: list[Any] = []
        for part in self.parts(schema):
            if isinstance(step, int):
                first = part.get("prefixItems", [])
                found += [first[step]] if step < len(first) else [part.get("items", True)]
            elif step in part.get("properties", {}):
                found.append(part["properties"][step])
            elif isinstance(part.get("additionalProperties"), dict):
                found.append(part["additionalProperties"])
        found = [one for one in found if one is not True]
        return found[0] if len(found) == 1 else {"anyOf": found} if found else {}

    def names(self, schema: Any) -> set[str] | None:
        """The names of an object's properties, None if it may have any."""
        parts = self.parts(schema)
        if any(part.get("additionalProperties") or "patternProperties" in part for part in parts):
            return None
        named = {name for part in parts for name in part.get("properties", {})}
        return named or None

    def value(self, schema: Any, texts: Any) -> Any:
        """The value that texts stand for."""
        if isinstance(texts, dict):
            return {
                name: self.value(self.below(schema, name), each) for name, each in texts.items()
            }
        if isinstance(texts, list):
            return [self.value(self.below(schema, i), each) for i, each in enumerate(texts)]
        types = self.types(schema)
        if "array" in types and "string" not in types and not str(texts).startswith(("[", "null")):
            return [self.value(self.below(schema, 0), texts)]
        return _leaf(types, texts)


def _leaf(types: set[str], text: str) -> Any:
    if types == {"string"}:
        return text
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return text
    fits = (not types and not isinstance(value, str)) or (types and is_of(types, value))
    return value if fits else text


def _refuse(text: str) -> Any:
    raise ValueError(text)
