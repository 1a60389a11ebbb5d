"""References to anything but schemas are replaced by what they lead to; later stages meet none.

A description or summary beside the reference wins (OAS 3.2 §4.23). The sections of `components`
that nothing can refer to any more go. Within what was put in a reference's place, a callback or
path item is written out once, lest it lead back to itself or multiply; elsewhere it is empty.
Of operations that stand at several paths by reference, the first keeps the operationId.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.document.copied import copied
from specloom.document.pointer import from_reference
from specloom.document.references import follow, is_reference
from specloom.document.walk import Node, children, operations_of, path_items

if TYPE_CHECKING:
    from specloom.document.load import Document

_EMPTIED: Final = (
    "responses", "parameters", "requestBodies", "headers", "examples", "links", "callbacks",
    "pathItems", "mediaTypes",
)  # fmt: skip


def run(document: Document) -> None:
    """Replace every such reference in place, and those within what it led to."""
    inlining = _Inlining(document, set())
    pending: list[tuple[Node, frozenset[str]]] = [(Node("openapi", "", document.tree), frozenset())]
    while pending:
        node, around = pending.pop()
        if node.kind == "schema":
            continue
        if is_reference(node.value):
            node, around = inlining.replace(node, around)
        pending += [(child, around) for child in reversed(children(node))]
    for section in _EMPTIED:
        document.tree.get("components", {}).pop(section, None)
    _drop_repeated_ids(document.tree)


def _drop_repeated_ids(tree: dict[str, Any]) -> None:
    seen: set[str] = set()
    for operation in (found for item in path_items(tree) for found in operations_of(item)):
        name = operation.value.get("operationId")
        if name in seen:
            del operation.value["operationId"]
        elif name is not None:
            seen.add(name)


@dataclass(frozen=True, slots=True)
class _Inlining:
    document: Document
    nested: set[str]
    """The references within replacements that were replaced themselves."""

    def replace(self, node: Node, around: frozenset[str]) -> tuple[Node, frozenset[str]]:
        """What stands there instead, and the references whose replacements it is within."""
        reference: str = node.value["$ref"]
        value = self._target(node) if self._is_told(node, around) else {}
        node.parent[node.key] = value
        self.document.origins[node.pointer] = self.document.origin(from_reference(reference))
        return node._replace(value=value), around | {reference}

    def _is_told(self, node: Node, around: frozenset[str]) -> bool:
        """Whether a callback's insides are to be written out: they may multiply without end."""
        reference = node.value["$ref"]
        if node.kind not in {"callback", "path-item"} or not around:
            return True
        known = reference in self.nested or reference in around
        self.nested.add(reference)
        return not known

    def _target(self, node: Node) -> dict[str, Any]:
        target = follow(self.document.tree, node.value)
        beside = {key: text for key, text in node.value.items() if key != "$ref"}
        # Nothing changes an example, so all may share it.
        return {**(target if node.kind == "example" else copied(target)), **beside}
