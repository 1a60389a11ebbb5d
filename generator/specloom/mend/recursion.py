"""`$recursiveRef` of JSON Schema 2019-09 into the `$ref` that it amounts to within one document.

It leads to the schema around it that says `$recursiveAnchor: true`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.document.pointer import tokens
from specloom.document.walk import walk

if TYPE_CHECKING:
    from specloom.document.walk import Node

    from .place import Mending


def run(mending: Mending) -> None:
    """Rewrite them in place."""
    anchors: list[str] = []
    for node in walk(mending.document.tree):
        if node.kind != "schema" or not isinstance(node.value, dict):
            continue
        if node.value.pop("$recursiveAnchor", None) is True:
            anchors.append(node.pointer)
        if node.value.get("$recursiveRef") == "#":
            _rewrite(node, anchors)


def _rewrite(node: Node, anchors: list[str]) -> None:
    path = tokens(node.pointer)
    around = [anchor for anchor in anchors if path[: len(tokens(anchor))] == tokens(anchor)]
    if around:
        del node.value["$recursiveRef"]
        node.value["$ref"] = "#" + around[-1].replace("%", "%25")
