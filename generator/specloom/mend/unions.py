"""Unions that are members of themselves or of one another into one union of all other members.

A member that leads only back adds no value. Each of a circle of unions takes the same values, so
the first of them gets all members, and the others refer to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import join
from specloom.document.references import follow
from specloom.document.walk import walk

from . import references
from .rules import ANYTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.document.walk import Node

    from .place import Mending

_UNIONS: Final = {"anyOf", "oneOf"}
_BESIDE: Final = {
    "type", "title", "description", "discriminator", "default", "example", "examples",
    "deprecated", "readOnly", "writeOnly", "externalDocs",
}  # fmt: skip
_Edges = dict[int, list[int]]


def run(mending: Mending) -> None:
    """Rewrite them in place."""
    tree = mending.document.tree
    unions = {id(node.value): node for node in walk(tree) if _is_union(node)}
    edges = {
        one: [id(follow(tree, member)) for member in node.value[_keyword(node)]]
        for one, node in unions.items()
    }
    known = {one: [end for end in ends if end in unions] for one, ends in edges.items()}
    rank = {one: index for index, one in enumerate(unions)}
    circles = _circles(known)
    for circle in circles:
        _open(mending, [unions[one] for one in sorted(circle, key=rank.__getitem__)], circle)
    if circles:
        # What led into a member that is gone leads elsewhere now, or to nothing.
        references.run(mending)


def _is_union(node: Node) -> bool:
    """Whether a schema says nothing of its values but that they fit a member."""
    if node.kind != "schema" or not isinstance(node.value, dict):
        return False
    keys = node.value.keys()
    return len(keys & _UNIONS) == 1 and keys <= _UNIONS | _BESIDE


def _keyword(node: Node) -> str:
    return "anyOf" if "anyOf" in node.value else "oneOf"


def _circles(edges: _Edges) -> list[set[int]]:
    """The groups of which each leads to each (Kosaraju), those that lead nowhere back aside."""
    backward: _Edges = {one: [] for one in edges}
    for one, ends in edges.items():
        for end in ends:
            backward[end].append(one)
    done: set[int] = set()
    finished = [last for one in edges for last in _reached(one, edges, done)]
    done = set()
    groups = [set(_reached(one, backward, done)) for one in reversed(finished)]
    return [group for group in groups if len(group) > 1 or any(one in edges[one] for one in group)]


def _reached(start: int, edges: _Edges, done: set[int]) -> list[int]:
    """What is reached and was not before, each after all that it leads to."""
    found: list[int] = []
    if start in done:
        return found
    done.add(start)
    pending = [(start, iter(edges[start]))]
    while pending:
        one, ends = pending[-1]
        following = next((end for end in ends if end not in done), None)
        if following is None:
            found.append(one)
            pending.pop()
        else:
            done.add(following)
            pending.append((following, iter(edges[following])))
    return found


def _open(mending: Mending, nodes: list[Node], circle: set[int]) -> None:
    """Let the first of a circle be the union, and the others refer to it."""
    first, *others = nodes
    tree = mending.document.tree
    kept: list[Any] = []
    for node in nodes:
        for index, member in enumerate(node.value[_keyword(node)]):
            if id(follow(tree, member)) not in circle:
                kept.append(member)
                continue
            place = join(node.pointer, _keyword(node), index)
            mending.say(place, "a union that is its own member: the member is left out")
    for node in others:
        _forget(node.value, (_keyword(node), "discriminator"))
        node.value["$ref"] = "#" + first.pointer.replace("%", "%25")
    if kept:
        first.value[_keyword(first)] = kept
        _drop_mapping(tree, first.value, circle)
        return
    _forget(first.value, (_keyword(first), "discriminator"))
    mending.say(first.pointer, "the union has no other members: taken as anything", ANYTHING)


def _drop_mapping(tree: dict[str, Any], union: dict[str, Any], circle: set[int]) -> None:
    """Let no tag stand for what is no member any more."""
    mapping = union.get("discriminator", {}).get("mapping", {})
    for tag, target in list(mapping.items()):
        if target.startswith("#") and id(follow(tree, {"$ref": target})) in circle:
            del mapping[tag]


def _forget(schema: dict[str, Any], keywords: Iterable[str]) -> None:
    for keyword in keywords:
        schema.pop(keyword, None)
