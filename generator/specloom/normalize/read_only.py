"""A property that one side alone may set is asked of that side only (OAS 3.2 §4.24.2).

Requests leave out what is `readOnly`, answers need nothing that is `writeOnly`. A component of
which the two differ, or that leads to one, is referred to in requests by a copy of its own,
`<Name>Request`. A discriminator's property stays as it is: it tells the union apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from specloom.document import components
from specloom.document.copied import copied
from specloom.document.objects import properties, required
from specloom.document.references import follow, is_reference
from specloom.document.walk import Node, below, walk_around_schemas
from specloom.names import free_component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.load import Document

_WORDS: Final = ("readOnly", "writeOnly")


def run(document: Document) -> None:
    """Rewrite the request bodies and the answers in place."""
    schemas = [node.value for node in _schemas(Node("openapi", "", document.tree))]
    words = {word for word in _WORDS if any(schema.get(word) is True for schema in schemas)}
    if not words:
        return
    declared = [schema.get("discriminator") for schema in schemas]
    tags = {found["propertyName"] for found in declared if isinstance(found, dict)}
    messages = list(walk_around_schemas(document.tree))
    answers = _reached(document, [node for node in messages if node.kind == "response"])
    requests = _Requests(document, words, tags, {id(schema) for schema in answers})
    for node in messages:
        if node.kind == "request-body":
            requests.rewrite(node)
    for schema, unneeded in [(one, requests.unneeded(one)) for one in answers]:
        _require_less(schema, unneeded)


def _reached(document: Document, messages: list[Node]) -> list[dict[str, Any]]:
    """The schemas within some messages, and those that they lead to."""
    schemas = document.tree.get("components", {}).get("schemas", {})
    found: list[dict[str, Any]] = []
    pending, seen = list(messages), set[str]()
    while pending:
        inside = [node.value for node in _schemas(pending.pop())]
        found += inside
        names = {components.name_of(schema["$ref"]) for schema in inside if is_reference(schema)}
        for name in sorted((names & schemas.keys()) - seen):
            pending.append(Node("schema", components.place(name), schemas[name]))
            seen.add(name)
    return found


def _schemas(top: Node) -> Iterator[Node]:
    return (node for node in below(top) if node.kind == "schema" and isinstance(node.value, dict))


@dataclass(frozen=True)
class _Requests:
    document: Document
    words: set[str]
    """Those of the two that the document says at all."""
    tags: set[str]
    answered: set[int]
    """The schemas that stand in answers, too, by their `id`."""
    copies: dict[str, str] = field(default_factory=dict)
    """The components that requests refer to in another's place, by that other's name."""

    def rewrite(self, top: Node) -> None:
        """Drop what only the server may set from all schemas within an object."""
        for node in list(_schemas(top)):
            self._drop(node.value)
        for node in list(_schemas(top)):
            self._refer(node.value)

    def unneeded(self, schema: dict[str, Any]) -> set[str]:
        """The names of an object's properties that no answer needs to have."""
        return self._set_by("writeOnly", schema) & required(self.document.tree, schema)

    def _drop(self, schema: dict[str, Any]) -> None:
        dropped = self._set_by("readOnly", schema)
        _require_less(schema, dropped)
        for part in _own_parts(schema):
            for name in dropped & part.get("properties", {}).keys():
                del part["properties"][name]

    def _set_by(self, word: str, schema: dict[str, Any]) -> set[str]:
        """The names of an object's properties, its parts' included, that one side may set."""
        if word not in self.words:
            return set()
        tree = self.document.tree
        found = {
            name
            for name, declared in properties(tree, schema).items()
            if any(
                isinstance(one, dict) and one.get(word) is True
                for one in (declared, follow(tree, declared))
            )
        }
        return found - self.tags

    def _differs(self, schema: dict[str, Any]) -> bool:
        """Whether requests take another schema than the answers do."""
        if self._set_by("readOnly", schema):
            return True
        return id(schema) in self.answered and bool(self.unneeded(schema))

    def _refer(self, schema: dict[str, Any]) -> None:
        """Let references lead to the copies."""
        if is_reference(schema):
            schema["$ref"] = self._copied(schema["$ref"])
        mapping = schema.get("discriminator", {}).get("mapping", {})
        mapping |= {tag: self._copied(target) for tag, target in mapping.items()}

    def _copied(self, reference: str) -> str:
        name = components.name_of(reference)
        if name is None or name not in self._affected:
            return reference
        if name not in self.copies:
            self._copy(name)
        return components.reference(self.copies[name])

    def _copy(self, name: str) -> None:
        schemas = self.document.tree["components"]["schemas"]
        made = free_component(name + "Request", schemas)
        place = components.place(made)
        self.copies[name] = made
        schemas[made] = copied(schemas[name])
        self.document.origins[place] = self.document.origin(components.place(name))
        self.rewrite(Node("schema", place, schemas[made]))

    @cached_property
    def _affected(self) -> set[str]:
        """The components that differ, or lead to one that does."""
        schemas = self.document.tree["components"]["schemas"]
        pending: list[str] = []
        leading: dict[str, list[str]] = {}
        for name, schema in schemas.items():
            nodes = [node.value for node in _schemas(Node("schema", "", schema))]
            if any(self._differs(value) for value in nodes):
                pending.append(name)
            for value in nodes:
                if is_reference(value):
                    leading.setdefault(components.name_of(value["$ref"]) or "", []).append(name)
        found = set[str]()
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += leading.get(name, ())
        return found


def _own_parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in (schema, *schema.get("allOf", ())) if isinstance(part, dict)]


def _require_less(schema: dict[str, Any], names: set[str]) -> None:
    for part in _own_parts(schema):
        if names & set(part.get("required", ())):
            part["required"] = [name for name in part["required"] if name not in names]
