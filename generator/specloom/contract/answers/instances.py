"""A value beside its schema: each value within it, with each schema that applies to it.

JSON Schema 2020-12 §10; of alternatives those that the value fits, none if it fits none. Knows
nothing of what is asked of the two.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from specloom.document.pointer import from_reference, join, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .schemas import Schemas

ALTERNATIVES: Final = ("anyOf", "oneOf")
_BESIDE: Final = frozenset({"$ref", "allOf", *ALTERNATIVES, "if", "dependentSchemas"})
_OF_MEMBERS: Final = frozenset({"properties", "patternProperties", "additionalProperties"})
_OF_ITEMS: Final = frozenset({"items", "prefixItems"})


@dataclass(frozen=True, slots=True)
class Instance:
    """A value, its place in the whole, and one of its schemas, with that one's pointer."""

    pointer: str
    schema: Any
    value: Any
    place: str

    def beside(self, *tokens: str | int) -> Instance:
        """The same value with a schema within this one."""
        return Instance(*self._within(tokens), self.value, self.place)

    def member(self, key: str | int, *tokens: str | int) -> Instance:
        """A member or an item of the value with a schema within this one."""
        return Instance(*self._within(tokens), self.value[key], join(self.place, key))

    def _within(self, tokens: tuple[str | int, ...]) -> tuple[str, Any]:
        schema = self.schema
        for token in tokens:
            schema = schema[token]
        return join(self.pointer, *tokens), schema


def walk(schemas: Schemas, pointer: str, value: Any, place: str = "") -> Iterator[Instance]:
    """The value and all within it, from the outside in, each time with one schema that applies."""
    pending = deque([Instance(pointer, resolve(schemas.tree, pointer), value, place)])
    seen = set()
    while pending:
        instance = pending.popleft()
        key = (instance.pointer, instance.place)
        if key not in seen and isinstance(instance.schema, dict):
            seen.add(key)
            yield instance
            if not _BESIDE.isdisjoint(instance.schema):
                pending.extend(_beside(schemas, instance))
            pending.extend(_within(instance))


def fitting(schemas: Schemas, instance: Instance, keyword: str) -> list[Instance]:
    """The instance with each of its schema's alternatives that it fits."""
    branches = (instance.beside(keyword, index) for index in range(len(instance.schema[keyword])))
    return [branch for branch in branches if _fits(schemas, branch)]


def _fits(schemas: Schemas, instance: Instance) -> bool:
    return schemas.validator(instance.pointer).is_valid(instance.value)


def _beside(schemas: Schemas, instance: Instance) -> Iterator[Instance]:
    """The same value with the schemas that its schema adds to itself."""
    schema = instance.schema
    reference = schema.get("$ref", "")
    if reference.startswith("#/"):
        pointer = from_reference(reference)
        target = resolve(schemas.tree, pointer)
        yield Instance(pointer, target, instance.value, instance.place)
    for index in range(len(schema.get("allOf", ()))):
        yield instance.beside("allOf", index)
    for keyword in ALTERNATIVES:
        if keyword in schema:
            yield from fitting(schemas, instance, keyword)
    if "if" in schema:
        yield from _conditional(schemas, instance)
    if isinstance(instance.value, dict):
        for name in schema.get("dependentSchemas", ()):
            if name in instance.value:
                yield instance.beside("dependentSchemas", name)


def _conditional(schemas: Schemas, instance: Instance) -> Iterator[Instance]:
    condition = instance.beside("if")
    holds = _fits(schemas, condition)
    if holds:
        yield condition
    branch = "then" if holds else "else"
    if branch in instance.schema:
        yield instance.beside(branch)


def _within(instance: Instance) -> Iterator[Instance]:
    value, schema = instance.value, instance.schema
    if isinstance(value, dict) and not _OF_MEMBERS.isdisjoint(schema):
        for name in value:
            yield from _member(instance, name)
    elif isinstance(value, list) and not _OF_ITEMS.isdisjoint(schema):
        yield from _items(instance)


def _member(instance: Instance, name: str) -> Iterator[Instance]:
    schema = instance.schema
    declared = name in schema.get("properties", ())
    if declared:
        yield instance.member(name, "properties", name)
    patterns = [one for one in schema.get("patternProperties", ()) if matches(one, name)]
    for pattern in patterns:
        yield instance.member(name, "patternProperties", pattern)
    if "additionalProperties" in schema and not declared and not patterns:
        yield instance.member(name, "additionalProperties")


def _items(instance: Instance) -> Iterator[Instance]:
    first = len(instance.schema.get("prefixItems", ()))
    for index in range(len(instance.value)):
        if index < first:
            yield instance.member(index, "prefixItems", index)
        elif "items" in instance.schema:
            yield instance.member(index, "items")


@lru_cache(maxsize=4096)
def matches(pattern: str, name: str) -> bool:
    """Whether a member's name is one of `patternProperties`."""
    return jsonschema_rs.is_valid({"pattern": pattern}, name)
