"""Edits of a JSON value at a path such as `data.*.rating`; where there is none, nothing changes."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Edit = Callable[[Any], Any]


def at(path: str, change: Edit) -> Edit:
    """Change what stands at a path."""
    *way, name = path.split(".")

    def edit(tree: Any) -> Any:
        for holder in _holders(tree, way):
            if name in holder:
                holder[name] = change(holder[name])
        return tree

    return edit


def put(path: str, value: Any) -> Edit:
    """Set a member, there or not."""
    *way, name = path.split(".")

    def edit(tree: Any) -> Any:
        for holder in _holders(tree, way):
            holder[name] = value
        return tree

    return edit


def without(path: str) -> Edit:
    """Leave a member out."""
    *way, name = path.split(".")

    def edit(tree: Any) -> Any:
        for holder in _holders(tree, way):
            holder.pop(name, None)
        return tree

    return edit


def renamed(name: str, other: str) -> Edit:
    """Give a member of the outermost object another name."""

    def edit(tree: Any) -> Any:
        if name not in tree:
            return tree
        return {other if key == name else key: value for key, value in tree.items()}

    return edit


def _holders(tree: Any, way: Sequence[str]) -> Iterator[dict[str, Any]]:
    if not way:
        if isinstance(tree, dict):
            yield tree
        return
    for inner in _step(tree, way[0]):
        yield from _holders(inner, way[1:])


def _step(tree: Any, name: str) -> list[Any]:
    if name == "*" and isinstance(tree, list):
        return tree
    return [tree[name]] if isinstance(tree, dict) and name in tree else []
