"""References to anything but schemas are replaced by what they lead to; later stages meet none.

A description or summary beside the reference wins (OAS 3.2 §4.23). The sections of `components`
that nothing can refer to any more go. A callback or path item that leads back to itself is empty
where it does.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import from_reference, join, tokens
from specloom.document.references import follow, is_reference
from specloom.document.walk import Node, walk

if TYPE_CHECKING:
    from specloom.document.load import Document

_EMPTIED: Final = (
    "responses", "parameters", "requestBodies", "headers", "examples", "links", "callbacks",
    "pathItems", "mediaTypes",
)  # fmt: skip


def run(document: Document) -> None:
    """Replace every such reference in place, and those within what it led to."""
    replaced: dict[str, str] = {}
    while found := [node for node in walk(document.tree) if _is_inlined(node)]:
        for node in found:
            reference = node.value["$ref"]
            if reference in _around(replaced, node.pointer):
                node.parent[node.key] = {}
            else:
                _replace(document, node)
            replaced[node.pointer] = reference
    for section in _EMPTIED:
        document.tree.get("components", {}).pop(section, None)


def _is_inlined(node: Node) -> bool:
    return node.kind != "schema" and is_reference(node.value)


def _around(replaced: dict[str, str], pointer: str) -> set[str]:
    """The references whose replacements a place is within."""
    where = tokens(pointer)
    places = (join("", *where[:length]) for length in range(1, len(where)))
    return {replaced[place] for place in places if place in replaced}


def _replace(document: Document, node: Node) -> None:
    reference: dict[str, Any] = node.value
    target = copy.deepcopy(follow(document.tree, reference))
    beside = {key: text for key, text in reference.items() if key != "$ref"}
    node.parent[node.key] = {**target, **beside}
    document.origins[node.pointer] = document.origin(from_reference(reference["$ref"]))
