"""Two slots that must both hold into one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from .form import Child, Fact, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

Rest = dict[frozenset[str], Child]
"""By the patterns whose names it leaves out, what all other properties must be."""


def both(one: Slot, other: Slot) -> Slot:
    """What is asked by either."""
    if not one or not other:
        return one or other
    merged = {**other, **one}
    for keyword in one.keys() & other.keys():
        first, second = one[keyword], other[keyword]
        value = _MERGED[keyword](first.value, second.value)
        merged[keyword] = Fact(value, (second if value == second.value else first).pointer)
    if "properties" in merged or "rest" in merged:
        merged["properties"] = _properties(one, other)
        if not merged["properties"].value:
            del merged["properties"]
    if "prefixItems" in merged:
        merged["prefixItems"] = _prefix(one, other)
    return merged


def joined(one: Child, other: Child) -> Child:
    """What must hold to both, each part once."""
    return tuple(sorted({*one, *other})) if one != other else one


def _by_key(one: dict[Any, Child], other: dict[Any, Child]) -> dict[Any, Child]:
    return {key: joined(one.get(key, ()), other.get(key, ())) for key in {**one, **other}}


def _properties(one: Slot, other: Slot) -> Fact:
    """Each named property, with what the other side says of properties that it doesn't name."""
    named = [slot["properties"].value if "properties" in slot else {} for slot in (one, other)]
    found: dict[str, Child] = {}
    for name in {**named[0], **named[1]}:
        children = [
            known[name] if name in known else unnamed(slot, name)
            for known, slot in zip(named, (one, other), strict=True)
        ]
        found[name] = joined(*children)
    source = one if "properties" in one else other
    return Fact(found, source["properties"].pointer if "properties" in source else "")


def unnamed(slot: Slot, name: str) -> Child:
    """What a slot asks of a property that it doesn't name, but for its patterns."""
    rest: Rest = slot["rest"].value if "rest" in slot else {}
    child: Child = ()
    for patterns, asked in rest.items():
        if not any(matches(pattern, name) for pattern in patterns):
            child = joined(child, asked)
    return child


def matches(pattern: str, name: str) -> bool:
    """Whether a name fits a pattern; not if Python can't read the pattern."""
    try:
        return re.search(pattern, name) is not None
    except (re.error, RecursionError, OverflowError):
        return False


def _prefix(one: Slot, other: Slot) -> Fact:
    slots = (one, other)
    lengths = [len(slot["prefixItems"].value) if "prefixItems" in slot else 0 for slot in slots]
    places = range(max(lengths))
    value = tuple(joined(item(one, index), item(other, index)) for index in places)
    source = one if "prefixItems" in one else other
    return Fact(value, source["prefixItems"].pointer)


def item(slot: Slot, index: int) -> Child:
    """What a slot asks of one item."""
    prefix = slot["prefixItems"].value if "prefixItems" in slot else ()
    if index < len(prefix):
        found: Child = prefix[index]
        return found
    rest: Child = slot["items"].value if "items" in slot else ()
    return rest


def _concatenated(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*one, *(part for part in other if part not in one))


def _united(one: frozenset[Any], other: frozenset[Any]) -> frozenset[Any]:
    return one | other


def _common(one: frozenset[Any], other: frozenset[Any]) -> frozenset[Any]:
    return one & other


_MERGED: Final[dict[str, Callable[[Any, Any], Any]]] = {
    **dict.fromkeys(("minLength", "minItems", "minProperties", "minimum"), max),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties", "maximum"), min),
    **dict.fromkeys(
        ("required", "pattern", "format", "multipleOf", "contentEncoding", "contentMediaType"),
        _united,
    ),
    "enum": _common,
    "integer": max,
    "uniqueItems": max,
    **dict.fromkeys(("contentSchema", "propertyNames", "items", "unevaluatedProperties"), joined),
    **dict.fromkeys(("patternProperties", "rest", "properties"), _by_key),
    **dict.fromkeys(
        (
            "unions", "not", "if", "contains", "unevaluatedItems", "dependentRequired",
            "dependentSchemas", "prefixItems", "$dynamicRef",
        ),
        _concatenated,
    ),
}  # fmt: skip
