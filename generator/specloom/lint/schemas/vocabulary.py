"""Rules on schemas: keywords that are defined, and formats that are registered."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.grouping import once

from .formats import REGISTERED
from .keywords import KEYWORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNREGISTERED_FORMAT = Rule(
    "OAS510",
    "unregistered-format",
    "format is not registered",
    "Only formats of the OpenAPI Format Registry mean the same to every reader; any other is "
    "ignored by most tools, and nothing is checked. Each is told once.",
    Severity.HINT,
)

UNKNOWN_KEYWORD = Rule(
    "OAS511",
    "unknown-keyword",
    "schema has a keyword that nothing defines",
    "Neither JSON Schema 2020-12 nor OpenAPI knows the keyword, so all tools pass it over: it is "
    "misspelt, or a comma in unquoted YAML has cut a text in two. Words of one's own begin with "
    "`x-`.",
    Severity.WARNING,
)

_BARE = {keyword.lower(): keyword for keyword in KEYWORDS}
_MEANT = {"url": "uri", "guid": "uuid", "datetime": "date-time", "base64": "byte"}


def unregistered_formats(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The formats that the registry does not know, each once."""
    yield from once(
        found for node in scope.nodes.get("schema", ()) for found in _unregistered(node)
    )


def _unregistered(node: Node) -> Iterator[Finding]:
    name = node.value.get("format")
    if isinstance(name, str) and name not in REGISTERED:
        meant = _MEANT.get(name.lower())
        hint = f"{meant!r} is registered" if meant else None
        yield Finding(join(node.pointer, "format"), f"format {name!r} is not registered", hint)


def unknown_keywords(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's keywords that are neither defined nor one's own."""
    for keyword in node.value:
        # OAS572 says more of `nullable`.
        if keyword not in KEYWORDS and not keyword.startswith("x-") and keyword != "nullable":
            yield Finding(
                join(node.pointer, keyword), f"nothing defines {keyword!r}", _near(keyword)
            )


def _near(keyword: str) -> str | None:
    near = get_close_matches(
        keyword.replace("_", "").replace("-", "").lower(), _BARE, n=1, cutoff=0.8
    )
    return f"{_BARE[near[0]]!r} is defined" if near else None


CHECKS = (
    Check(UNREGISTERED_FORMAT, "openapi", unregistered_formats),
    Check(UNKNOWN_KEYWORD, "schema", unknown_keywords),
)
