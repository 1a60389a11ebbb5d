"""The tags of a union's member, which pydantic needs as literals to choose by."""

from __future__ import annotations

from typing import Any

from specloom.document.objects import properties
from specloom.document.references import follow


def tags_of(tree: dict[str, Any], member: Any, name: str, above: tuple[int, ...] = ()) -> list[str]:
    """The values that a property may have in a member; none if they are not known to be few."""
    member = follow(tree, member)
    if not isinstance(member, dict) or id(member) in above:
        return []
    for key in ("oneOf", "anyOf"):
        if key in member:
            inner = [tags_of(tree, part, name, (*above, id(member))) for part in member[key]]
            return [tag for tags in inner for tag in tags] if all(inner) else []
    tag = follow(tree, properties(tree, member).get(name))
    if not isinstance(tag, dict):
        return []
    values = tag.get("enum", [tag.get("const")])
    return values if all(isinstance(value, str) for value in values) else []
