"""Rules on what prose tells of a field as a whole: deprecated, required, optional, or null."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

from .told import described, facts, facts_of, place
from .told_values import head, is_conditional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

DEPRECATED_IN_PROSE = Rule(
    "OAS597",
    "deprecated-in-prose",
    "the description says deprecated, `deprecated` does not",
    "Tools read `deprecated: true`: editors strike the name through, clients warn, and a diff "
    "tells it. A sentence reaches none of them (OAS 3.2 §4.10).",
    Severity.HINT,
)
REQUIRED_IN_PROSE = Rule(
    "OAS598",
    "required-in-prose",
    "the description and `required` contradict each other",
    "The description says of a field that it is required, or optional, and the schema says the "
    "contrary. A client follows the schema, and a person the text: mend the one that is wrong.",
    Severity.HINT,
)
NULL_IN_PROSE = Rule(
    "OAS599",
    "null-in-prose",
    "the description says that the value may be null, the schema forbids it",
    "A client that was promised a text or a number breaks on null. Add `null` to the type "
    "(JSON Schema 2020-12 Validation §6.1.1; `nullable: true` in OpenAPI 3.0).",
    Severity.HINT,
)

_THING: Final = (
    r"(?:endpoint|operation|method|api|route|field|parameter|property|attribute|header|resource)"
)
_DEPRECATED: Final = re.compile(
    r"\A\W{0,10}deprecated\b(?! \w+ \w+ is)|^\W{0,6}deprecated\W{0,4}[:.\]!]"
    r"|[.!]\W{1,4}deprecated[:.]"
    rf"|\bth(?:is|e) {_THING} (?:is|has been|was) (?:now )?deprecated\b",
    re.IGNORECASE | re.MULTILINE,
)
_MARK: Final = re.compile(
    r"\A\W{0,3}(required|optional)"
    r"(?:[*_\])]{1,4}(?![*_\])]| ?(?:when|if|unless|for|only|in)\b)|[:.](?=\s|$)|$)"
    r"|[\[(](required|optional)[\])]"
    r"|(?<!whether )\bthis (?:field|parameter|property|attribute|value) is "
    r"(required|mandatory|optional)\.",
    re.IGNORECASE,
)
_NULL: Final = re.compile(
    r"\b(?:may|can|could|might|will) (?:also )?be `?null`?(?![\w`])"
    r"|(?:\A|[.;\n] {0,2})`?[Nn]ull`? (?:if|when|until|unless|for)\b",
)


def deprecations(node: Node, scope: Scope) -> Iterator[Finding]:
    """A description that says deprecated where nothing else does."""
    text = described(node)
    if "eprecated" not in text and "DEPRECATED" not in text:
        return
    is_told = _DEPRECATED.search(text)
    if is_told and not node.value.get("deprecated") and not _is_deprecated(node, scope):
        message = DEPRECATED_IN_PROSE.summary
        yield Finding(place(node), message, "set `deprecated: true`")


def _is_deprecated(node: Node, scope: Scope) -> bool:
    if node.kind == "operation":
        return False
    return any(facts(node, scope).values("deprecated"))


def required_parameters(node: Node, _scope: Scope) -> Iterator[Finding]:
    """A parameter whose description contradicts its `required`."""
    if node.value.get("in") != "path":
        is_required = bool(node.value.get("required"))
        yield from _mark(described(node), place(node), is_required=is_required)


def required_properties(node: Node, scope: Scope) -> Iterator[Finding]:
    """The properties whose descriptions contradict the schema's `required`."""
    for name, schema in node.value.get("properties", {}).items():
        text = schema.get("description") if isinstance(schema, dict) else None
        if isinstance(text, str) and _MARK.search(text) and not _is_part(node):
            is_required = any(
                name in names for names in facts_of(node.value, scope).values("required")
            )
            where = join(node.pointer, "properties", name, "description")
            yield from _mark(text, where, is_required=is_required)


def _is_part(node: Node) -> bool:
    """Whether another schema may require what this one has."""
    return isinstance(node.parent, list)


def _mark(text: str, where: str, *, is_required: bool) -> Iterator[Finding]:
    marks = {
        next(filter(None, found.groups())).lower()
        for found in _MARK.finditer(text)
        if "whether " not in head(text, found.start()).lower()
    }
    told = marks.pop() if len(marks) == 1 else None
    if told and (told != "optional") != is_required:
        meant = "optional" if told != "optional" else "required"
        yield Finding(where, f"the description says {told}, the document {meant}")


def nulls(node: Node, scope: Scope) -> Iterator[Finding]:
    """A description that tells of null where the schema forbids it."""
    text = described(node) if "properties" in node.pointer else ""
    found = _NULL.search(text) if "ull" in text else None
    if found is None or is_conditional(text, found.start()):
        return
    said = facts(node, scope)
    if said.types and not said.types & {"null"} and not _allows_null(said.listed):
        yield Finding(place(node), NULL_IN_PROSE.summary, "let the type allow null")


def _allows_null(listed: list[Any]) -> bool:
    return None in listed


CHECKS: Final = (
    *(
        Check(DEPRECATED_IN_PROSE, kind, deprecations)
        for kind in ("operation", "parameter", "header", "schema")
    ),
    Check(REQUIRED_IN_PROSE, "parameter", required_parameters),
    Check(REQUIRED_IN_PROSE, "schema", required_properties),
    Check(NULL_IN_PROSE, "schema", nulls),
)
