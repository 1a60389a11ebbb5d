"""Request bodies ask for no property that only the server may set (OAS 3.2 §4.24.2, `readOnly`).

A component that has such properties, or leads to one that has, is referred to in requests by its
copy without them, `<Name>Request`. A discriminator's property stays: it tells the union apart.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from specloom.document import components
from specloom.document.objects import properties
from specloom.document.references import follow, is_reference
from specloom.document.walk import Node, below, walk
from specloom.names import free_component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.load import Document


def run(document: Document) -> None:
    """Rewrite the request bodies in place."""
    requests = _Requests(document, _tags(document))
    for node in list(walk(document.tree)):
        if node.kind == "request-body":
            requests.rewrite(node)


def _tags(document: Document) -> set[str]:
    declared = (
        node.value.get("discriminator") for node in _schemas(Node("openapi", "", document.tree))
    )
    return {found["propertyName"] for found in declared if isinstance(found, dict)}


def _schemas(top: Node) -> Iterator[Node]:
    return (node for node in below(top) if node.kind == "schema" and isinstance(node.value, dict))


@dataclass(frozen=True, slots=True)
class _Requests:
    document: Document
    tags: set[str]
    copies: dict[str, str] = field(default_factory=dict)
    """The components that requests refer to in another's place, by that other's name."""

    def rewrite(self, top: Node) -> None:
        """Drop what only the server may set from all schemas within an object."""
        for node in list(_schemas(top)):
            self._drop(node.value)
        for node in list(_schemas(top)):
            self._refer(node.value)

    def _drop(self, schema: dict[str, Any]) -> None:
        dropped = self._read_only(schema)
        for part in (schema, *schema.get("allOf", ())):
            if dropped and isinstance(part, dict):
                _without(part, dropped)

    def _read_only(self, schema: dict[str, Any]) -> set[str]:
        """The names of an object's properties, its parts' included, that requests leave out."""
        tree = self.document.tree
        found = {
            name
            for name, declared in properties(tree, schema).items()
            if any(
                isinstance(one, dict) and one.get("readOnly") is True
                for one in (declared, follow(tree, declared))
            )
        }
        return found - self.tags

    def _refer(self, schema: dict[str, Any]) -> None:
        """Let references lead to the copies."""
        if is_reference(schema):
            schema["$ref"] = self._copied(schema["$ref"])
        mapping = schema.get("discriminator", {}).get("mapping", {})
        mapping |= {tag: self._copied(target) for tag, target in mapping.items()}

    def _copied(self, reference: str) -> str:
        name = components.name_of(reference)
        if name is None or not self._is_affected(name):
            return reference
        if name not in self.copies:
            self._copy(name)
        return components.reference(self.copies[name])

    def _copy(self, name: str) -> None:
        schemas = self.document.tree["components"]["schemas"]
        self.copies[name] = copied = free_component(name + "Request", schemas)
        schemas[copied] = copy.deepcopy(schemas[name])
        self.document.origins[components.place(copied)] = self.document.origin(
            components.place(name)
        )
        self.rewrite(Node("schema", components.place(copied), schemas[copied]))

    def _is_affected(self, name: str) -> bool:
        """Whether a component has such properties, or leads to one that has."""
        schemas = self.document.tree["components"]["schemas"]
        pending, seen = [name], set[str]()
        while pending:
            component = pending.pop()
            if component in seen:
                continue
            seen.add(component)
            for node in _schemas(Node("schema", components.place(component), schemas[component])):
                if self._read_only(node.value):
                    return True
                if is_reference(node.value):
                    pending.append(components.name_of(node.value["$ref"]) or component)
        return False


def _without(schema: dict[str, Any], dropped: set[str]) -> None:
    for name in dropped & schema.get("properties", {}).keys():
        del schema["properties"][name]
    if "required" in schema:
        schema["required"] = [name for name in schema["required"] if name not in dropped]
