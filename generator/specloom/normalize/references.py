"""Every reference to a schema names a component, spelt one way; what lies deeper becomes one.

So does a discriminator's mapping, whose values may also be bare names; those that name no schema
go. A reference to what is no schema, such as the whole document, says nothing and goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.document import components
from specloom.document.copied import copied
from specloom.document.pointer import from_reference, step, tokens
from specloom.document.references import follow, is_reference
from specloom.document.walk import walk
from specloom.names import component_name, free_component

if TYPE_CHECKING:
    from specloom.document.load import Document

# They say where a schema stands, which is no part of its name.
_STRUCTURE: Final = {
    "components", "schemas", "responses", "requestBodies", "parameters", "headers", "paths",
    "properties", "$defs", "content", "application/json", "schema",
}  # fmt: skip
_REFERENCE: Final = {"$ref", "summary", "description"}


def run(document: Document) -> None:
    """Rewrite the references in place, those within what they led to as well."""
    canonical = _Canonical(document, {}, {})
    # What was moved may have been passed by on the way.
    while True:
        known = len(canonical.moved)
        for node in walk(document.tree):
            if node.kind == "schema" and isinstance(node.value, dict):
                canonical.rewrite(node.value)
        if len(canonical.moved) == known:
            return


@dataclass(frozen=True, slots=True)
class _Canonical:
    document: Document
    kinds: dict[str, str]
    """What each pointer of the document named before anything was moved; made when first asked."""
    moved: dict[str, str]
    """The components that were made of what was not one, by pointer."""

    def rewrite(self, schema: dict[str, Any]) -> None:
        if is_reference(schema):
            target = self._reference(schema["$ref"])
            if target:
                schema["$ref"] = target
            else:
                del schema["$ref"]
        if isinstance(schema.get("discriminator"), dict):
            self._rewrite_mapping(schema["discriminator"])

    def _rewrite_mapping(self, discriminator: dict[str, Any]) -> None:
        mapping = discriminator.get("mapping", {})
        targets = {tag: self._mapped(value) for tag, value in mapping.items()}
        if targets:
            discriminator["mapping"] = {tag: value for tag, value in targets.items() if value}

    def _mapped(self, value: str) -> str | None:
        """The reference that a mapping's value stands for (OAS 3.2 §4.25.2)."""
        if value in self.document.tree.get("components", {}).get("schemas", {}):
            return components.reference(value)
        return self._reference(value) if value.startswith("#") else None

    def _reference(self, reference: str) -> str | None:
        """The same reference to a component; None if what it leads to is no schema."""
        pointer = from_reference(reference)
        name = components.name_of(reference) or self.moved.get(pointer)
        if name:
            return components.reference(name)
        if self._kind(pointer) != "schema" or not pointer.startswith("/"):
            return None
        parent, key = self._parent(pointer)
        target = parent[key]
        if is_reference(target) and target.keys() <= _REFERENCE:
            return self._reference(target["$ref"])
        return self._move(pointer, parent, key) if isinstance(target, dict | bool) else None

    def _kind(self, pointer: str) -> str:
        if not self.kinds:
            self.kinds.update((node.pointer, node.kind) for node in walk(self.document.tree))
        return self.kinds.get(pointer, "schema")

    def _parent(self, pointer: str) -> tuple[Any, Any]:
        """What holds the target of a pointer, and under which key, past what was moved."""
        *before, last = tokens(pointer)
        value: Any = self.document.tree
        for token in before:
            value = follow(self.document.tree, step(value, token))
        return value, int(last) if isinstance(value, list) else last

    def _move(self, pointer: str, parent: Any, key: str | int) -> str:
        """Make a component of what stands there, and leave a reference to it where it is read."""
        schemas = self.document.tree.setdefault("components", {}).setdefault("schemas", {})
        wanted = [token for token in tokens(pointer) if token not in _STRUCTURE]
        name = free_component(component_name(*wanted), schemas)
        origin = self.document.origin(pointer)
        schemas[name] = copied(parent[key])
        if pointer in self.kinds:
            parent[key] = {"$ref": components.reference(name)}
        self.moved[pointer] = name
        self.document.origins[components.place(name)] = origin
        return components.reference(name)
