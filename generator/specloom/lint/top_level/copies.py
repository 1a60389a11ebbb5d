"""Rules on what was written twice: descriptions, and headers of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

COPIED_TEXT = Rule(
    "OAS343",
    "copied-text",
    "two operations have the same summary and description",
    "A text that fits two operations tells neither from the other, and most often it was copied "
    "and never changed. Say what each does.",
    Severity.HINT,
)
DUPLICATE_DESCRIPTION = Rule(
    "OAS344",
    "duplicate-description",
    "two schemas have the same description",
    "A text that fits two schemas does not say which is meant. Say what sets each apart, or make "
    "one schema of both.",
    Severity.INFO,
    recommended=False,
)
HEADER_TWICE = Rule(
    "OAS425",
    "header-twice",
    "an answer has two headers whose names differ in letter case alone",
    "Names of headers are case-insensitive (RFC 9110 §5.1), so both describe the same one, and "
    "which counts is left to each reader. Keep one.",
    Severity.WARNING,
)

_SHORTEST: Final = 40
_COMPONENT: Final = 3
"""The parts of a component's pointer."""


def copied_texts(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The operations whose description an earlier one has word for word."""
    first: dict[str, Node] = {}
    for operation in scope.nodes.get("operation", ()):
        text = operation.value.get("description")
        if not isinstance(text, str) or len(text) < _SHORTEST or operation.value.get("deprecated"):
            continue
        other = first.setdefault(" ".join(text.split()), operation)
        if other is not operation and not _are_told_apart(other, operation):
            place = join(operation.pointer, "description")
            yield Finding(place, f"the same description as {_named(other)}")


def _named(operation: Node) -> str:
    name = operation.value.get("operationId")
    return f"{name!r}" if isinstance(name, str) else operation.pointer


def _are_told_apart(one: Node, other: Node) -> bool:
    """Whether the summaries differ, so that the text is but a note on both; or the methods do."""
    if one.value.get("summary") != other.value.get("summary"):
        return True
    return one.parent is other.parent and {one.key, other.key} in (
        {"get", "head"},
        {"put", "patch"},
    )


def duplicate_descriptions(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The component schemas whose description an earlier one has word for word."""
    first: dict[str, Node] = {}
    for schema in scope.nodes.get("schema", ()):
        text = schema.value.get("description")
        if isinstance(text, str) and text and schema.pointer.count("/") == _COMPONENT:
            other = first.setdefault(" ".join(text.split()), schema)
            if other is not schema:
                message = f"the same description as {str(other.key)!r}"
                yield Finding(join(schema.pointer, "description"), message)


def headers_twice(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The headers whose name is that of an earlier one in other letter case."""
    seen: dict[str, str] = {}
    for name in node.value.get("headers", {}):
        first = seen.setdefault(name.lower(), name)
        if first != name:
            yield Finding(join(node.pointer, "headers", name), f"{name!r} is {first!r} again")


CHECKS: Final = (
    Check(COPIED_TEXT, "openapi", copied_texts),
    Check(DUPLICATE_DESCRIPTION, "openapi", duplicate_descriptions),
    Check(HEADER_TWICE, "response", headers_twice),
)
