"""Rules on the tags of unions: each alternative pins its own, and no two the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join, tokens
from specloom.document.references import is_reference
from specloom.lint.check import Check, Finding
from specloom.lint.mapped import UNIONS, mapped, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNPINNED_TAG = Rule(
    "OAS560",
    "unpinned-tag",
    "an alternative of a discriminated union does not pin its tag",
    "A discriminator validates nothing (OAS 3.2 §4.25): where an alternative takes every tag that "
    "the union knows, an object of another kind passes for it, and no test can tell them apart. "
    "Give each alternative its own tag by an `enum` of one, or, from 3.1 on, by `const`.",
    Severity.WARNING,
)
COLLIDING_TAGS = Rule(
    "OAS561",
    "colliding-tags",
    "two alternatives of a discriminated union have the same tag",
    "The tag is to say which alternative an object is, and here it names several, so readers "
    "choose one by chance. Give each its own tag.",
    Severity.WARNING,
)

_Alternative = tuple[str, Any]
# /components/schemas/Name
_COMPONENT: Final = 3


def unpinned_heirs(node: Node, scope: Scope) -> Iterator[Finding]:
    """A schema that inherits a discriminated parent and leaves the tag as wide as it was."""
    for part in node.value.get("allOf", ()):
        parent = scope.follow(part) if is_reference(part) else None
        tag = tag_of(parent)
        if tag is None or not isinstance(parent, dict) or node.key == "allOf":
            continue
        wide = _values(tag, [parent], scope)
        own = [*_others(node.value, parent, scope)]
        pinned = _values(tag, own, scope)
        if pinned is None or (wide is not None and pinned >= wide and len(wide) > 1):
            yield _unpinned(node.pointer, tag, wide)


def unpinned_alternatives(node: Node, scope: Scope) -> Iterator[Finding]:
    """The alternatives beside a discriminator that leave its tag open, or take every tag of all."""
    tag, alternatives = tag_of(node.value), _tagged(node, scope)
    known = _all_values(alternatives)
    for pointer, values in alternatives.items():
        if values is None or _takes_all(values, known):
            yield _unpinned(pointer, str(tag), values, mapped_tags=_mapped(node, pointer, scope))


def colliding_tags(node: Node, scope: Scope) -> Iterator[Finding]:
    """The alternatives whose tags an earlier alternative has as well."""
    seen: dict[str, str] = {}
    alternatives = _tagged(node, scope)
    known = _all_values(alternatives)
    for pointer, values in alternatives.items():
        pinned = values if values and not _takes_all(values, known) else ()
        for value in sorted(pinned):
            if seen.setdefault(value, pointer) != pointer:
                name = seen[value].rpartition("/")[2]
                yield Finding(pointer, f"the tag {value} is that of {name!r}, too")
                break


def _tagged(node: Node, scope: Scope) -> dict[str, set[str] | None]:
    """The alternatives of a union that have its tag, and the values that each may have there."""
    tag = tag_of(node.value)
    found = {}
    for pointer, schema in _alternatives(node, scope) if tag else ():
        parts = list(scope.parts(schema))
        is_plain = not any(part.keys() & {*UNIONS, "discriminator"} for part in parts)
        if is_plain and any(tag in part.get("properties", ()) for part in parts):
            found[pointer] = _values(str(tag), parts, scope)
    return found


def _all_values(alternatives: dict[str, set[str] | None]) -> set[str]:
    """The tags that a union knows, if several of its alternatives list some."""
    lists = [values for values in alternatives.values() if values]
    return set().union(*lists) if len(lists) > 1 else set()


def _takes_all(values: set[str], known: set[str]) -> bool:
    return len(known) > 1 and values == known


def _unpinned(pointer: str, tag: str, wide: set[str] | None, *, mapped_tags: int = 1) -> Finding:
    said = f"takes any of the {len(wide)} values of {tag!r}" if wide else f"leaves {tag!r} open"
    parts = tokens(pointer)
    message = f"{parts[-1]!r} {said}" if len(parts) == _COMPONENT else said
    one = "pin it by an `enum` of one value, or, from 3.1 on, by `const`"
    return Finding(pointer, message, one if mapped_tags <= 1 else "list its own in `enum`")


def _mapped(node: Node, pointer: str, scope: Scope) -> int:
    """How many tags a discriminator maps to an alternative."""
    targets = node.value["discriminator"].get("mapping", {}).values()
    return sum(mapped(target, scope.tree) == pointer for target in targets)


def _alternatives(node: Node, scope: Scope) -> Iterator[_Alternative]:
    """The alternatives of a union that are components, each once."""
    seen = set()
    for keyword in UNIONS:
        for index, entry in enumerate(node.value.get(keyword, ())):
            pointer, schema = scope.target(join(node.pointer, keyword, index), entry)
            if isinstance(schema, dict) and pointer not in seen and schema.get("type") != "null":
                seen.add(pointer)
                yield pointer, schema


def _others(schema: dict[str, Any], parent: Any, scope: Scope) -> Iterator[dict[str, Any]]:
    """The parts of an heir without those that come from its parent."""
    inherited = {id(part) for part in scope.parts(parent)}
    yield from (part for part in scope.parts(schema) if id(part) not in inherited)


def _values(tag: str, parts: list[dict[str, Any]], scope: Scope) -> set[str] | None:
    """The values that a property may have; None if that is open."""
    found: set[str] | None = None
    for part in parts:
        for piece in scope.parts(part.get("properties", {}).get(tag)):
            values = _listed(piece, scope)
            if values is not None:
                found = values if found is None else found & values
    return found


def _listed(schema: dict[str, Any], scope: Scope) -> set[str] | None:
    """The values that a schema lists, itself or by each of its alternatives but null."""
    if "const" in schema or "enum" in schema:
        return {repr(value) for value in schema.get("enum", [schema.get("const")])}
    pieces = [scope.follow(one) for keyword in UNIONS for one in schema.get(keyword, ())]
    lists = [
        piece.get("enum", [piece["const"]] if "const" in piece else None)
        for piece in pieces
        if isinstance(piece, dict) and piece.get("type") != "null"
    ]
    if not lists or None in lists:
        return None
    return {repr(value) for listed in lists for value in listed or ()}


CHECKS: Final = (
    Check(UNPINNED_TAG, "schema", unpinned_heirs),
    Check(UNPINNED_TAG, "schema", unpinned_alternatives),
    Check(COLLIDING_TAGS, "schema", colliding_tags),
)
