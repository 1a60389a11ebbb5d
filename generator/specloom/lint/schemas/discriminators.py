"""Rules on discriminators: that there is something to choose from, and a tag to choose by.

What a mapping leads to is of `mappings.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.mapped import UNIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

DISCRIMINATOR_WITHOUT_UNION = Rule(
    "OAS501",
    "discriminator-without-union",
    "discriminator stands beside neither oneOf nor anyOf",
    "A discriminator helps to choose among the alternatives of `oneOf` or `anyOf`; it validates "
    "nothing itself (OAS 3.2 §4.25). Without them the schema takes any object with the common "
    "properties, and each alternative that inherits it by `allOf` inherits the tag unnarrowed. "
    "List the alternatives in `oneOf`, and give each its tag by `const`.",
    Severity.WARNING,
)
UNDEFINED_TAG = Rule(
    "OAS502",
    "undefined-tag-property",
    "discriminator names a property that an alternative does not define",
    "Readers choose an alternative by the property that `propertyName` names (OAS 3.2 §4.25), so "
    "each alternative must have it. Correct the name, or define the property.",
    Severity.WARNING,
)
OPTIONAL_TAG = Rule(
    "OAS503",
    "optional-tag-property",
    "discriminator names a property that an alternative does not require",
    "Where the property is left out, nothing says which alternative a value is. Require it, or, "
    "from 3.2 on, say by `defaultMapping` what such a value is (OAS 3.2 §4.25.1).",
    Severity.WARNING,
)
# Where these lead is not known here.
_SILENT: Final = {"$dynamicRef", "$recursiveRef"}
_ENOUGH: Final = 4
_LIST_THEM: Final = "list the alternatives in oneOf"


def discriminators_without_union(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's discriminator, if it has nothing to choose from."""
    if "discriminator" in node.value and not {*UNIONS} & node.value.keys():
        found = join(node.pointer, "discriminator")
        hint = "move it into `items`" if _has_union(node.value.get("items")) else _LIST_THEM
        yield Finding(found, DISCRIMINATOR_WITHOUT_UNION.summary, hint)


def _has_union(schema: Any) -> bool:
    return isinstance(schema, dict) and any(keyword in schema for keyword in UNIONS)


def undefined_tags(node: Node, scope: Scope) -> Iterator[Finding]:
    """The tag, if alternatives lack it."""
    for name in _tag(node):
        lacking = [a for a in _alternatives(node) if not _has(a, name, "properties", scope)]
        if lacking and not _has(_without_union(node.value), name, "properties", scope):
            yield _finding(node, f"{_names(node, lacking, 'has', 'have')} no property {name!r}")


def optional_tags(node: Node, scope: Scope) -> Iterator[Finding]:
    """The tag, if alternatives have it but don't require it, and no default is chosen instead."""
    if "defaultMapping" in node.value.get("discriminator", ()):
        return
    for name in _tag(node):
        lacking = [
            alternative
            for alternative in _alternatives(node)
            if _has(alternative, name, "properties", scope)
            and not _has(alternative, name, "required", scope)
        ]
        if lacking and not _has(_without_union(node.value), name, "required", scope):
            yield _finding(node, f"{_names(node, lacking, 'does', 'do')} not require {name!r}")


def _finding(node: Node, message: str) -> Finding:
    return Finding(join(node.pointer, "discriminator", "propertyName"), message)


def _tag(node: Node) -> Iterator[str]:
    discriminator = node.value.get("discriminator")
    if isinstance(discriminator, dict) and "propertyName" in discriminator:
        yield discriminator["propertyName"]


def _alternatives(node: Node) -> list[Any]:
    """What there is to choose from; the schema itself, where others inherit it."""
    unions = [node.value[keyword] for keyword in UNIONS if node.value.get(keyword)]
    is_object = "properties" in node.value or "allOf" in node.value
    return unions[0] if unions else [node.value] if is_object else []


def _without_union(schema: dict[str, Any]) -> dict[str, Any]:
    return {keyword: said for keyword, said in schema.items() if keyword not in UNIONS}


def _has(schema: Any, name: str, keyword: str, scope: Scope) -> bool:
    """Whether a schema, or each alternative of it, defines or requires a property."""
    pending, seen = [schema], set[int]()
    while pending:
        parts = list(scope.parts(pending.pop()))
        # What has been looked at has it, or the search would be over.
        if any(id(part) in seen or _says(part, name, keyword) for part in parts):
            continue
        seen.update(map(id, parts))
        unions = [part[choice] for part in parts for choice in UNIONS if part.get(choice)]
        if not unions:
            return False
        # Of several, one that has it is enough, which is left to the author.
        pending.extend(unions[0] if len(unions) == 1 else ())
    return True


def _says(part: dict[str, Any], name: str, keyword: str) -> bool:
    return name in part.get(keyword, ()) or not _SILENT.isdisjoint(part)


def _names(node: Node, alternatives: list[Any], one: str, several: str) -> str:
    names = list(dict.fromkeys(_name(node, alternative) for alternative in alternatives))
    some = ", ".join(names[:_ENOUGH])
    if len(names) > _ENOUGH:
        some += f" and {len(names) - _ENOUGH} more"
    return f"{some} {one if len(names) == 1 else several}"


def _name(node: Node, alternative: Any) -> str:
    if alternative is node.value:
        return "the schema"
    reference = alternative.get("$ref") if isinstance(alternative, dict) else None
    return repr(reference.rpartition("/")[2]) if reference else "an inline schema"


CHECKS = (
    Check(DISCRIMINATOR_WITHOUT_UNION, "schema", discriminators_without_union),
    Check(UNDEFINED_TAG, "schema", undefined_tags),
    Check(OPTIONAL_TAG, "schema", optional_tags),
)
