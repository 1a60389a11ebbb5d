"""A tree into one whose objects have their members in the one order that follows from their names.

JSON says nothing with the order of members, so what is made of a document must not hang on it
(decision 0018). Arrays, whose order is the author's word, keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def ordered(tree: dict[str, Any]) -> dict[str, Any]:
    """A copy by name; paths segment by segment, and properties that are required first."""
    result: dict[str, Any] = _ordered(tree)
    if isinstance(result.get("paths"), dict):
        result["paths"] = _by(result["paths"], sorted(result["paths"], key=_segments))
    return result


def sort_components(tree: dict[str, Any]) -> None:
    """Put component schemas that passes have added among the others."""
    components = tree.get("components", {})
    if "schemas" in components:
        components["schemas"] = _by(components["schemas"], sorted(components["schemas"]))


def _ordered(value: Any) -> Any:
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {name: _ordered(value[name]) for name in sorted(value)}
    properties, required = result.get("properties"), result.get("required")
    if isinstance(properties, dict) and isinstance(required, list):
        first = [name for name in required if isinstance(name, str) and name in properties]
        result["properties"] = _by(properties, dict.fromkeys((*first, *properties)))
    return result


def _segments(path: str) -> list[str]:
    """What sorts `/a/b` before `/a-b`, so that what lies under a path follows it."""
    return path.split("/")


def _by(members: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: members[name] for name in names}
