"""Rules on references: what stands beside a `$ref`, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

IGNORED_SIBLING = Rule(
    "OAS150",
    "ignored-sibling",
    "keyword beside `$ref` is ignored",
    "A Reference Object has no other fields, and what stands beside its `$ref` is to be ignored "
    "(OAS 3.0.4 §4.7.23; in 3.1 and later this holds for all but schemas and path items, and "
    "`summary` and `description` count). In a 3.0 schema write `allOf: [{$ref: …}]` and the "
    "keyword beside it.",
    Severity.WARNING,
)
IGNORED_TEXT = Rule(
    "OAS151",
    "ignored-text",
    "text or example beside `$ref` is ignored",
    "In 3.0 what stands beside a `$ref` is to be ignored, texts and examples too (OAS 3.0.4 "
    "§4.7.23), so most readers never see them. In 3.1 and later they count. In a 3.0 schema write "
    "`allOf: [{$ref: …}]` and the text beside it.",
    Severity.INFO,
)
REFERENCE_INTO_PATHS = Rule(
    "OAS153",
    "reference-into-paths",
    "`$ref` leads into an operation",
    "The reference names a place within a path, which moves when parameters are put in another "
    "order or the path is renamed. Make a component of what is shared, and refer to that.",
    Severity.HINT,
)

_TEXTS: Final = frozenset(
    {"title", "summary", "description", "example", "examples", "externalDocs", "deprecated"}
)


def ignored_siblings(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every reference that has keywords beside it that would change what is valid or sent."""
    yield from _siblings(scope, is_text=False)


def ignored_texts(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every reference that has texts beside it."""
    yield from _siblings(scope, is_text=True)


def _siblings(scope: Scope, *, is_text: bool) -> Iterator[Finding]:
    from_3_0 = scope.version.startswith("3.0")
    for node in scope.references:
        if len(node.value) == 1 or not _ignores(node, from_3_0=from_3_0):
            continue
        known = {"$ref"} if from_3_0 else {"$ref", "summary", "description"}
        for keyword in node.value.keys() - known:
            if (keyword in _TEXTS) is is_text and not str(keyword).startswith("x-"):
                message = f"{keyword!r} beside `$ref` is ignored"
                yield Finding(join(node.pointer, keyword), message, _remedy(node, str(keyword)))


def _remedy(node: Node, keyword: str) -> str | None:
    if node.kind != "schema":
        return None
    # Beside allOf `nullable` would still have no effect, for want of a type (OAS570).
    if keyword == "nullable":
        return "let the schema that is referred to allow null"
    return "write allOf: [{$ref: …}] beside it"


def _ignores(node: Node, *, from_3_0: bool) -> bool:
    """Whether the object is a Reference Object, and has not just a field of that name."""
    return node.kind != "path-item" and (from_3_0 or node.kind != "schema")


def references_into_paths(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every reference that leads into an operation or a path item of the document."""
    for node in scope.references:
        reference = node.value["$ref"]
        if reference.startswith("#/paths/") and node.kind != "path-item":
            yield Finding(join(node.pointer, "$ref"), f"{reference!r} leads into an operation")


CHECKS = (
    Check(IGNORED_SIBLING, "openapi", ignored_siblings, as_written=True),
    Check(IGNORED_TEXT, "openapi", ignored_texts, as_written=True),
    Check(REFERENCE_INTO_PATHS, "openapi", references_into_paths),
)
