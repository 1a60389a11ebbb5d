"""What names something that is not there, or the same as another, into what can be told apart.

Looks at discriminators, security requirements and operationIds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join
from specloom.document.walk import operations_of, path_items, walk

from .references import fault_of

if TYPE_CHECKING:
    from specloom.document.walk import Node

    from .place import Mending


def run(mending: Mending) -> None:
    """Mend them in place."""
    for node in walk(mending.document.tree):
        if node.kind == "schema":
            _mend_discriminator(mending, node)
        elif node.kind == "operation":
            _mend_security(mending, node)
    _mend_security(mending, next(walk(mending.document.tree)))
    _drop_repeated_ids(mending)


def _mend_discriminator(mending: Mending, node: Node) -> None:
    found = node.value.get("discriminator") if isinstance(node.value, dict) else None
    if found is None:
        return
    place = f"{node.pointer}/discriminator"
    if "propertyName" not in found:
        mending.say(place, "a discriminator must give its `propertyName`: left out")
        del node.value["discriminator"]
    default = found.get("defaultMapping", "")
    fault = default.startswith("#") and fault_of(mending.document.tree, "schema", default)
    if fault:
        mending.say(join(place, "defaultMapping"), f"{default!r} {fault}: left out")
        del found["defaultMapping"]
    for tag, target in list(found.get("mapping", {}).items()):
        fault = target.startswith("#") and fault_of(mending.document.tree, "schema", target)
        if fault:
            mending.say(join(place, "mapping", tag), f"{target!r} {fault}: left out")
            del found["mapping"][tag]


def _mend_security(mending: Mending, node: Node) -> None:
    """Leave out the alternatives with schemes that nothing describes."""
    declared = node.value.get("security")
    if not declared:
        return
    known = mending.document.tree.get("components", {}).get("securitySchemes", {})
    for index, alternative in enumerate(declared):
        for name in alternative.keys() - known.keys():
            pointer = f"{node.pointer}/security/{index}"
            mending.say(pointer, f"no security scheme is called {name!r}: left out")
    node.value["security"] = [
        alternative for alternative in declared if alternative.keys() <= known.keys()
    ]


def _drop_repeated_ids(mending: Mending) -> None:
    """Leave an operationId to one operation: the first by path, whatever their order is."""
    items = sorted(path_items(mending.document.tree), key=lambda item: item.pointer)
    seen: set[Any] = set()
    for node in (node for item in items for node in operations_of(item)):
        name = node.value.get("operationId")
        if name is not None and name in seen:
            say = f"{name!r} is another operation's, too: this one is called by its path"
            mending.say(f"{node.pointer}/operationId", say)
            del node.value["operationId"]
        seen.add(name)
