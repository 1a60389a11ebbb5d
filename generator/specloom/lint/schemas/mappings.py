"""Rules on the mappings of discriminators: each leads to a schema, and to one of the union."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import from_reference, join, resolve
from specloom.lint.check import Check, Finding
from specloom.lint.mapped import UNIONS, mapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

DANGLING_MAPPING = Rule(
    "OAS504",
    "dangling-mapping",
    "discriminator's mapping leads to nothing",
    "A value of `mapping`, and `defaultMapping`, is the name of a component schema or a reference "
    "to a schema (OAS 3.2 §4.25). This one is neither, so a reader that meets the tag has nothing "
    "to read by. Correct the name.",
)
MAPPING_PAST_UNION = Rule(
    "OAS505",
    "mapping-past-union",
    "discriminator's mapping names no alternative",
    "The schema that the tag chooses is not among those of `oneOf` or `anyOf`, so a value that "
    "carries the tag may be read, but is not valid. Add the schema to the union, or take the tag "
    "from the mapping.",
    Severity.WARNING,
)


def _mapped(node: Node) -> Iterator[tuple[str, str]]:
    """The values of the discriminator's mapping and its default, with their pointers."""
    discriminator = node.value.get("discriminator")
    if not isinstance(discriminator, dict):
        return
    around = join(node.pointer, "discriminator")
    for tag, target in discriminator.get("mapping", {}).items():
        yield join(around, "mapping", tag), target
    if "defaultMapping" in discriminator:
        yield join(around, "defaultMapping"), discriminator["defaultMapping"]


def dangling_mappings(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every value of the discriminator's mapping that is no schema of the document."""
    for pointer, target in _mapped(node):
        schema = mapped(target, scope.tree)
        if schema and not _exists(schema, scope):
            yield Finding(pointer, f"{target!r} is no schema of this document")


def mappings_past_union(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every value of the discriminator's mapping that is no alternative of the schema's union."""
    if UNIONS[0] not in node.value and UNIONS[1] not in node.value:
        return
    reached = None
    for pointer, target in _mapped(node):
        schema = mapped(target, scope.tree)
        if schema and _exists(schema, scope):
            reached = _reached(node, scope) if reached is None else reached
            if schema not in reached:
                yield Finding(pointer, f"{target!r} is no alternative of this schema")


def _exists(pointer: str, scope: Scope) -> bool:
    try:
        resolve(scope.tree, pointer)
    except KeyError:
        return False
    return True


def _reached(node: Node, scope: Scope) -> set[str]:
    """The pointers of the alternatives, and of all that they choose among or refer to."""
    found: set[str] = set()
    pending: list[tuple[str, Any]] = [(node.pointer, node.value)]
    while pending:
        pointer, schema = pending.pop()
        if pointer in found or not isinstance(schema, dict):
            continue
        found.add(pointer)
        if isinstance(schema.get("$ref"), str):
            target = from_reference(schema["$ref"])
            pending.append((target, resolve(scope.tree, target)))
        for keyword in UNIONS:
            for index, part in enumerate(schema.get(keyword, ())):
                pending.append((join(pointer, keyword, index), part))
    return found - {node.pointer}


CHECKS = (
    Check(DANGLING_MAPPING, "schema", dangling_mappings),
    Check(MAPPING_PAST_UNION, "schema", mappings_past_union),
)
