"""What references lead to outside of OpenAPI's objects, as `#/definitions/Pet`, into components.

So later stages meet only what was looked at, and nothing that is referred to is left out as an
unknown key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.components import name_of
from specloom.document.object_kinds import kind_of
from specloom.document.pointer import from_reference, join, resolve, tokens
from specloom.document.references import is_reference
from specloom.document.walk import FIELDS, SECTIONS, Node, below, walk
from specloom.names import component_name, free_component

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .place import Mending

_NO_NAMES: Final = {"components", "definitions", "$defs", "schemas", "properties"}


def run(mending: Mending) -> None:
    """Copy them, and let the references lead to the copies; what is in those may refer to more."""
    known: dict[tuple[str, str], str] = {}
    nodes: Iterable[Node] = walk(mending.document.tree)
    while nodes:
        # Whatever the order of the document's keys is, the names are the same.
        found = sorted(
            (node for node in nodes if _may_lead_astray(node)), key=lambda one: one.pointer
        )
        adopted = [top for node in found for top in _adopt(mending, node, known)]
        nodes = [inner for top in adopted for inner in below(top)]


def _may_lead_astray(node: Node) -> bool:
    return (
        node.kind in SECTIONS
        and is_reference(node.value)
        and not (node.kind == "schema" and name_of(node.value["$ref"]))
    )


def _adopt(mending: Mending, node: Node, known: dict[tuple[str, str], str]) -> list[Node]:
    """The component that was made of what a reference leads to, if it was the first to do so."""
    document, reference = mending.document, node.value["$ref"]
    if (node.kind, reference) in known:
        node.value["$ref"] = known[node.kind, reference]
        return []
    pointer = from_reference(reference)
    stray = _stray(mending, reference, pointer)
    section = document.tree.setdefault("components", {}) if stray else None
    named = section.setdefault(SECTIONS[node.kind], {}) if isinstance(section, dict) else None
    if not isinstance(named, dict):
        return []
    wanted = [token for token in tokens(pointer) if token not in _NO_NAMES]
    name = free_component(component_name(*wanted), named)
    place = join("/components", SECTIONS[node.kind], name)
    document.origins[place] = document.origin(pointer)
    named[name] = stray
    node.value["$ref"] = known[node.kind, reference] = "#" + place.replace("%", "%25")
    return [Node(node.kind, place, named[name], named, name)]


def _stray(mending: Mending, reference: str, pointer: str) -> dict[str, Any] | None:
    """A copy of what stands at a pointer, if it could be meant and OpenAPI puts no object there."""
    path = tokens(pointer) if reference.startswith("#/") else []
    holder = kind_of(tuple(path[:-1]))
    if not path or kind_of(tuple(path)) or (holder and path[-1] in FIELDS.get(holder.name, {})):
        return None
    try:
        target = resolve(mending.document.tree, pointer)
        return mending.copy(target) if isinstance(target, dict) else None
    except KeyError:
        return None
