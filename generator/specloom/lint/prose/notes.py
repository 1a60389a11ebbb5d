"""A rule on notes that authors left to themselves in what they publish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

from .told_values import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

AUTHORING_NOTE = Rule(
    "OAS590",
    "authoring-note",
    "text has a note of its author's, or a template's blank",
    "What was to be settled before publishing was left in the text: a `TODO`, a blank of a "
    "template, a remark on the page it was copied from. Readers take it for part of the contract. "
    "Settle it, then take it out.",
    Severity.WARNING,
)

_FIELDS: Final = ("description", "summary")
_CODE: Final = re.compile(r"```.{0,20000}?```|`[^`\n]{0,500}`", re.DOTALL)
_NOTE: Final = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|WIP)\b(?![-/.]?\w)|\bXXX:|\bprops\.\w+(?:\.\w+)*"
    r"|(?i:\blorem ipsum\b"
    r"|\b(?:description|documentation|details?) to be (?:written|added|done)\b"
    r"|\b(?:clarification|confirmation) (?:might be |may be |is )?(?:needed|required) from\b"
    r"|\bneeds? (?:clarification|documentation|to be documented)\b"
    r"|\breplace (?:this|me) (?:text|with|by)\b"
    r"|\[insert\b[^\]\n]{0,60}\]|\bfill in (?:here|later)\b"
    r"|\b(?:description|text|summary) goes here\b|\badd (?:a )?description here\b"
    r"|\bMD (?:also )?(?:mentions|says)\b|\bnot in (?:the )?main description\b"
    r"|\b(?:from|using \S{1,40} from) (?:the )?example\b(?=[,.)]| not\b))"
)
_WORDS: Final = (
    "todo", "fixme", "tbd", "tbc", "wip", "xxx:", "props.", "lorem", " to be ", "clarification",
    "confirmation", "documentation", "replace ", "[insert", "fill in", "goes here", "n here", "md ",
    "main description", "example",
)  # fmt: skip


def notes(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The notes in the texts of an object."""
    return _notes(node.pointer, node.value)


def notes_around(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The notes in the texts about the API, its servers and its tags."""
    for pointer, thing in _around(node.value):
        yield from _notes(pointer, thing)


def _around(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "/info", tree.get("info", {})
    for index, server in enumerate(tree.get("servers", ())):
        yield join("/servers", index), server
        for name, variable in server.get("variables", {}).items():
            yield join("/servers", index, "variables", name), variable
    for index, tag in enumerate(tree.get("tags", ())):
        yield join("/tags", index), tag


def _notes(pointer: str, thing: dict[str, Any]) -> Iterator[Finding]:
    for field in _FIELDS:
        text = thing.get(field)
        if isinstance(text, str) and mentions(text, _WORDS):
            found = _NOTE.search(_CODE.sub("``", text))
            if found:
                message = f"{found[0]!r} reads like a note of its author's"
                yield Finding(join(pointer, field), message)


_KINDS: Final = (
    "path-item", "operation", "parameter", "request-body", "response", "header", "schema",
    "example", "security-scheme", "link",
)  # fmt: skip
CHECKS: Final = (
    *(Check(AUTHORING_NOTE, kind, notes) for kind in _KINDS),
    Check(AUTHORING_NOTE, "openapi", notes_around),
)
