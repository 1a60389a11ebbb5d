"""Component schemas into which of them inherit which, kept up while they are rewritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from specloom.document import components
from specloom.document.references import is_reference
from specloom.document.walk import walk
from specloom.names import free_component

if TYPE_CHECKING:
    from specloom.document.load import Document


@dataclass(slots=True)
class Family:
    """The components, and for each those that inherit it directly."""

    document: Document
    schemas: dict[str, Any]
    heirs: dict[str, set[str]] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)

    def add(self, name: str) -> None:
        """Take in a component, or what it inherits now."""
        self.order.setdefault(name, len(self.order))
        for part in parts(self.schemas[name]):
            self.heirs.setdefault(components.name_of(part["$ref"]) or "", set()).add(name)

    def remove(self, name: str) -> None:
        """Forget what a component inherits."""
        for part in parts(self.schemas[name]):
            self.heirs.get(components.name_of(part["$ref"]) or "", set()).discard(name)

    def put(self, name: str, schema: dict[str, Any]) -> None:
        """Let another schema be a component."""
        self.remove(name)
        self.schemas[name] = schema
        self.add(name)

    def create(self, origin: str, wanted: str, schema: dict[str, Any]) -> str:
        """Make a component from another, under a free name."""
        name = free_component(wanted, self.schemas)
        self.schemas[name] = schema
        self.add(name)
        place = components.place(name)
        self.document.origins[place] = self.document.origin(components.place(origin))
        return name

    def descendants(self, parent: str) -> list[str]:
        """All that inherit a component, directly or not, in the order of the components."""
        found: set[str] = set()
        pending = [parent]
        while pending:
            heirs = self.heirs.get(pending.pop(), set()) - found
            found |= heirs
            pending += heirs
        return sorted(found - {parent}, key=self.order.__getitem__)

    def move(self, name: str, shared: dict[str, Any]) -> str:
        """Keep what heirs share in a component of its own, and let them inherit that."""
        base = self.create(name, name + "Base", shared)
        for heir in self.heirs.pop(name, ()):
            for part in parts(self.schemas[heir]):
                if components.name_of(part["$ref"]) == name:
                    part["$ref"] = components.reference(base)
            self.add(heir)
        return base


def parts(schema: Any) -> list[dict[str, Any]]:
    """The parts of a schema's `allOf` that are references."""
    parts = schema.get("allOf", ()) if isinstance(schema, dict) else ()
    return [part for part in parts if is_reference(part)]


def standing_for_heirs(document: Document) -> set[str]:
    """The components that something refers to so that an heir may stand there as well.

    None of those that must stay one class: an inline schema inherits them, or a tag tells them.
    """
    found: set[str] = set()
    fixed: set[str] = set()
    inherited: set[int] = set()
    kept: set[int] = set()
    for node in walk(document.tree):
        if node.kind != "schema" or not isinstance(node.value, dict):
            continue
        is_component = node.pointer == components.place(str(node.key))
        (inherited if is_component else kept).update(map(id, node.value.get("allOf", ())))
        kept.update(map(id, _told_by_tag(node.value)))
        name = components.name_of(node.value["$ref"]) if is_reference(node.value) else None
        if name and id(node.value) not in inherited:
            (fixed if id(node.value) in kept else found).add(name)
    return found - fixed


def _told_by_tag(schema: dict[str, Any]) -> list[Any]:
    members = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
    return members if "discriminator" in schema else []
