"""Rules on the document's Markdown: nothing in it that a reader's browser would run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

SCRIPT_IN_MARKDOWN = Rule(
    "OAS110",
    "script-in-markdown",
    "text holds a script that a browser may run",
    "Markdown may hold HTML, so whoever writes a `<script>`, a `javascript:` link or an `onerror=` "
    "into a description runs it in the browser of each reader whose tool does not clean the text "
    "(OAS 3.2, Security Considerations). Code that is to be read stands between backticks.",
    Severity.WARNING,
)
EVAL_IN_MARKDOWN = Rule(
    "OAS111",
    "eval-in-markdown",
    "text calls `eval(`",
    "A description that calls `eval(` outside of backticks is seldom meant to be read, and tools "
    "that clean texts refuse all of it.",
    Severity.WARNING,
)

_TEXTS: Final = ("description", "summary", "title")
_CODE: Final = re.compile(r"```.*?```|^ {0,3}~~~.*?^ {0,3}~~~|`[^`]*`", re.DOTALL | re.MULTILINE)
_SCRIPT: Final = re.compile(
    r"<script\b|(?:\]\(|=\s?[\"']?)\s?javascript:|<[a-z][a-z0-9-]*(?:[\s/][^<>]*)?[\s/]on[a-z]{3,}\s?=",
    re.IGNORECASE,
)
_EVAL: Final = re.compile(r"\beval\(")


def scripts(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every text that has a script in it, outside of code to be read."""
    for pointer, text in _texts(scope):
        if ("<" in text or ":" in text) and _SCRIPT.search(text):
            found = _SCRIPT.search(_CODE.sub("", text))
            if found:
                yield Finding(pointer, f"text holds {_shown(found[0])!r}")


def evals(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every text that calls `eval(`, outside of code to be read."""
    for pointer, text in _texts(scope):
        if "eval(" in text and _EVAL.search(_CODE.sub("", text)):
            yield Finding(pointer, EVAL_IN_MARKDOWN.summary)


def _shown(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _texts(scope: Scope) -> Iterator[tuple[str, str]]:
    """Every text that a reader is shown, and its pointer."""
    for pointer, value in _shown_objects(scope):
        for field in _TEXTS:
            if isinstance(text := value.get(field), str):
                yield f"{pointer}/{field}", text


def _shown_objects(scope: Scope) -> Iterator[tuple[str, dict[str, Any]]]:
    for nodes in scope.nodes.values():
        yield from ((node.pointer, node.value) for node in nodes)
    yield "/info", scope.tree.get("info", {})
    for section in ("tags", "servers"):
        for index, entry in enumerate(scope.tree.get(section, ())):
            yield join("", section, index), entry
    for server, entry in enumerate(scope.tree.get("servers", ())):
        for name, variable in entry.get("variables", {}).items():
            yield join("/servers", server, "variables", name), variable


CHECKS = (
    Check(SCRIPT_IN_MARKDOWN, "openapi", scripts),
    Check(EVAL_IN_MARKDOWN, "openapi", evals),
)
