"""A `$ref` where OpenAPI takes none, as `paths: {$ref: …}`, into what it leads to.

Other places say nothing of what is meant, so there the reference is a key that is not allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.copied import copied
from specloom.document.pointer import from_reference, join, resolve, tokens
from specloom.document.references import is_reference
from specloom.document.walk import FIELDS, SECTIONS, below, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node

    from .place import Mending

_OF_DOCUMENT: Final = ("info", "servers", "tags", "security", "externalDocs")
_DEEPEST: Final = 10
_DEEPEST_PLACE: Final = 60


def run(mending: Mending) -> None:
    """Replace them in place, and those within what they led to, some levels deep."""
    nodes = [node for node in walk(mending.document.tree) if any(_misplaced(node))]
    # What is put in comes from the tree as it was, lest parts of each other grow with each round.
    written = copied(mending.document.tree) if nodes else {}
    for _ in range(_DEEPEST):
        found = [node for node in nodes if _replace(mending, node, written)]
        if not found:
            return
        nodes = [inner for node in found for inner in below(node)]


def _misplaced(node: Node) -> Iterator[str]:
    """The names under which a node holds a reference where it may hold none."""
    fields = FIELDS.get(node.kind, {})
    also = _OF_DOCUMENT if node.kind == "openapi" else ()
    for name in (*fields, *also) if isinstance(node.value, dict) else ():
        kind, shape = fields.get(name, ("", "one"))
        if is_reference(node.value.get(name)) and not (shape == "one" and kind in SECTIONS):
            yield name


def _replace(mending: Mending, node: Node, written: dict[str, Any]) -> bool:
    """Whether anything that a node holds was such a reference."""
    if len(tokens(node.pointer)) > _DEEPEST_PLACE:
        return False
    replaced = [_put(mending, node, name, written) for name in _misplaced(node)]
    return any(replaced)


def _put(mending: Mending, node: Node, name: str, written: dict[str, Any]) -> bool:
    value = node.value[name]
    try:
        target = mending.copy(resolve(written, from_reference(value["$ref"])))
    except KeyError:
        return False
    beside: dict[str, Any] = {key: one for key, one in value.items() if key != "$ref"}
    node.value[name] = {**target, **beside} if isinstance(target, dict) else target
    place = join(node.pointer, name, "$ref")
    mending.say(place, "no `$ref` is allowed here: what it leads to is taken")
    return True
