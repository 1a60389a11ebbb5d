"""Holds one JSON value to the shape of another: field names and kinds, whatever the values.

An integer may stand where any number was; nothing else may differ in kind. An array has the
shapes of its items, in any order and number; one that is empty says nothing of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


def shape_difference(recorded: Any, ours: Any, pointer: str = "") -> str | None:
    """Say where and how the shape of ours differs first (RFC 6901 pointers), or None."""
    kind, our_kind = KINDS[type(recorded)], KINDS[type(ours)]
    if kind != our_kind and (kind, our_kind) != ("number", "integer"):
        return f"{pointer or 'the body'}: recorded {_a(kind)}, answered {_a(our_kind)}"
    if isinstance(recorded, dict):
        return _field_difference(recorded, ours, pointer)
    if isinstance(recorded, list):
        return _item_difference(recorded, ours, pointer)
    return None


def _field_difference(recorded: dict[str, Any], ours: dict[str, Any], pointer: str) -> str | None:
    if lacking := sorted(recorded.keys() - ours.keys()):
        return f"{pointer or 'the body'}: lacks {', '.join(lacking)}"
    if unexpected := sorted(ours.keys() - recorded.keys()):
        return f"{pointer or 'the body'}: has {', '.join(unexpected)}, which wasn't recorded"
    found = (
        shape_difference(value, ours[name], f"{pointer}/{name}") for name, value in recorded.items()
    )
    return next(filter(None, found), None)


def _item_difference(recorded: list[Any], ours: list[Any], pointer: str) -> str | None:
    """Find an item of either whose shape no item of the other has."""
    if not recorded or not ours:
        return None
    for index, item in enumerate(ours):
        place = f"{pointer}/{index}"
        if found := _from_all(shape_difference(each, item, place) for each in recorded):
            return found
    for item in recorded:
        if found := _from_all(shape_difference(item, each, f"{pointer}/-") for each in ours):
            return f"{found}, and in no other item"
    return None


def _from_all(differences: Iterator[str | None]) -> str | None:
    """Give the first difference, unless one of them is none."""
    first = None
    for found in differences:
        if found is None:
            return None
        first = first or found
    return first


def _a(kind: str) -> str:
    return kind if kind == "null" else f"an {kind}" if kind[0] in "aio" else f"a {kind}"
