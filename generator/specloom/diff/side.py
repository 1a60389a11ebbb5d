"""One of the two documents: what a pointer names, past references, each looked up once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from specloom.document.components import SCHEMAS
from specloom.document.pointer import from_reference, join, resolve
from specloom.document.references import is_reference


class Side:
    """A tree whose references lead to places in it."""

    def __init__(self, tree: dict[str, Any]) -> None:
        """Nothing is looked at before it is asked for."""
        self.tree = tree
        self._values: dict[str, Any] = {}

    @cached_property
    def heirs(self) -> dict[str, list[str]]:
        """The components that have a schema in their `allOf`, by the pointer of that schema.

        Where it has a discriminator, a value of it may be any of them (OAS 3.2 §4.25).
        """
        found: dict[str, list[str]] = {}
        components = self.tree.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        for name, schema in schemas.items() if isinstance(schemas, dict) else ():
            parts = schema.get("allOf") if isinstance(schema, dict) else None
            for part in parts if isinstance(parts, list) else ():
                if is_reference(part):
                    found.setdefault(target(part["$ref"]), []).append(join(SCHEMAS, name))
        return found

    def all_heirs(self, pointer: str) -> list[str]:
        """The heirs of a schema, and theirs."""
        found = dict.fromkeys(self.heirs.get(pointer, ()))
        pending = list(found)
        while pending:
            further = [one for one in self.heirs.get(pending.pop(), ()) if one not in found]
            found.update(dict.fromkeys(further))
            pending += further
        return list(found)

    def value(self, pointer: str) -> Any:
        """What a pointer names; None if nothing."""
        if pointer not in self._values:
            try:
                self._values[pointer] = resolve(self.tree, pointer)
            except KeyError:
                self._values[pointer] = None
        return self._values[pointer]

    def child(self, pointer: str, *tokens: str | int) -> str:
        """The pointer of a part, found at once when it is asked for."""
        value = self._values.get(pointer)
        part = join(pointer, *tokens)
        if value is not None and part not in self._values:
            for token in tokens:
                value = value[token]
            self._values[part] = value
        return part

    def follow(self, pointer: str) -> str:
        """The pointer of what stands at a pointer once references are followed.

        The pointer itself if they lead nowhere, or only to themselves.
        """
        place, seen = pointer, {pointer}
        while is_reference(value := self.value(place)):
            place = target(value["$ref"])
            if place in seen or self.value(place) is None:
                return pointer
            seen.add(place)
        return place


def mapped(name: str) -> str:
    """The pointer of what a discriminator's mapping names: a component, or by a reference."""
    return target(name) if name.startswith("#") else join(SCHEMAS, name)


def target(reference: str) -> str:
    """The pointer that a `$ref` within the file leads to; that of nothing if it leads elsewhere."""
    return from_reference(reference) if reference.startswith("#") else "/ "
