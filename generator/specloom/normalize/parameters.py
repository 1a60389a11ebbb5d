"""Parameters and servers of a path item are given to its operations, parameters in full.

An operation's own parameter of the same name and place wins (OAS 3.2 §4.9). `style` and `explode`
are written where their defaults hold, and headers that a parameter can't describe go (§4.12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.copied import copied
from specloom.document.pointer import join
from specloom.document.walk import Node, operations_of, walk_around_schemas

if TYPE_CHECKING:
    from specloom.document.load import Document

_IGNORED: Final = ("accept", "content-type", "authorization")
_STYLE: Final = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}


def run(document: Document) -> None:
    """Move and complete the parameters in place."""
    # What a path item gives and an operation drops is settled before its parameters are met.
    for node in walk_around_schemas(document.tree):
        if node.kind == "path-item":
            _give(document, node)
        elif node.kind == "operation":
            _drop_ignored(node.value)
        elif node.kind == "parameter":
            _complete(node.value)


def _give(document: Document, path_item: Node) -> None:
    shared = path_item.value.pop("parameters", [])
    servers = path_item.value.pop("servers", None)
    for operation in operations_of(path_item):
        if servers:
            operation.value.setdefault("servers", servers)
        if shared:
            _add(document, operation, shared, join(path_item.pointer, "parameters"))


def _add(document: Document, operation: Node, shared: list[Any], place: str) -> None:
    own = operation.value.setdefault("parameters", [])
    taken = {(parameter["name"], parameter["in"]) for parameter in own}
    for index, parameter in enumerate(shared):
        if (parameter["name"], parameter["in"]) not in taken:
            pointer = join(operation.pointer, "parameters", len(own))
            document.origins[pointer] = document.origin(join(place, index))
            own.append(copied(parameter))


def _drop_ignored(operation: dict[str, Any]) -> None:
    if "parameters" in operation:
        operation["parameters"] = [
            parameter
            for parameter in operation["parameters"]
            if not (parameter["in"] == "header" and parameter["name"].lower() in _IGNORED)
        ]


def _complete(parameter: dict[str, Any]) -> None:
    if "content" in parameter or parameter["in"] not in _STYLE:
        return
    style = parameter.setdefault("style", _STYLE[parameter["in"]])
    parameter.setdefault("explode", style in {"form", "cookie"})
