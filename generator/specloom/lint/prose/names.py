"""Rules on names in prose that the document does not have: paths, and components."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.walk import METHODS
from specloom.lint.check import Check, Finding

from .told import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

PATH_IN_PROSE = Rule(
    "OAS239",
    "path-in-prose",
    "a description names an operation that the document lacks",
    "Readers are sent to a path or a method that is not described: it was renamed, or belongs to "
    "another API. Name the one that is meant.",
    Severity.HINT,
)
SCHEMA_IN_PROSE = Rule(
    "OAS129",
    "schema-in-prose",
    "a description names a schema that the document lacks",
    "The text speaks of an object by the name of its schema, and no component has that name: it "
    "was renamed, or never written down. Name the one that is meant.",
    Severity.HINT,
)

_CALL: Final = re.compile(
    r"`(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS) (/[^\s`?#]{1,200})[^`\n]{0,80}`"
)
_OBJECT: Final = re.compile(
    r"`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+){1,8})` (?:object|schema|stream|model|structure)s?\b"
)
_MOST_PARTS: Final = 20
_BLANK: Final = re.compile(r"\$?\{[^{}/]{0,80}\}|:[A-Za-z_]\w{0,60}|\$\w{1,60}|<[^<>/]{1,60}>")


def paths(node: Node, scope: Scope) -> Iterator[Finding]:
    """The operations that descriptions name by method and path, if there are none such."""
    known = _known(node.value)
    implied = {
        method: {tail for path in known[method] for tail in _tails(path)} for method in known
    }
    for where, text in _texts(scope) if known else ():
        for method, path in dict.fromkeys(_CALL.findall(text)) if "`" in text else ():
            told, whole = _plain(path), known.get(method, set())
            # In front may be the path of a server; and what all paths begin with may be left out.
            is_known = not whole.isdisjoint((*_tails(told), f"/{told.rpartition('/')[2]}"))
            if not is_known and told not in implied.get(method, set()):
                yield Finding(where, f"the document has no `{method} {path}`")


def _known(tree: dict[str, Any]) -> dict[str, set[str]]:
    """The paths of each method, their parameters left blank; one by reference may have all."""
    found: dict[str, set[str]] = {}
    for path, item in tree.get("paths", {}).items():
        for method in METHODS if isinstance(item, dict) else ():
            if method in item or "$ref" in item:
                found.setdefault(method.upper(), set()).add(_plain(path))
    return found


def _plain(path: str) -> str:
    return _BLANK.sub("{}", path.rstrip("/.,")).lower()


def _tails(path: str) -> list[str]:
    """A path, and what is left of it without its first parts, two parts at least."""
    parts = path.split("/")[1:_MOST_PARTS]
    return ["/" + "/".join(parts[start:]) for start in range(max(1, len(parts) - 1))]


def schemas(node: Node, scope: Scope) -> Iterator[Finding]:
    """The objects that descriptions name like components, if there are none such."""
    schemas = node.value.get("components", {}).get("schemas", {})
    known = {re.sub(r"[^a-z0-9]", "", name.lower()) for name in schemas}
    known |= {str(each.value.get("title", "")).lower() for each in scope.nodes.get("schema", ())}
    for where, text in _texts(scope) if schemas else ():
        for name in dict.fromkeys(_OBJECT.findall(text)) if "`" in text else ():
            if name.lower() not in known:
                yield Finding(where, f"the document has no schema {name!r}")


def _texts(scope: Scope) -> Iterator[tuple[str, str]]:
    """Every description of an object, and where it stands."""
    for kind in ("operation", "parameter", "response", "request-body", "schema"):
        for node in scope.nodes.get(kind, ()):
            text = node.value.get("description")
            if isinstance(text, str):
                yield place(node), text


CHECKS: Final = (
    Check(PATH_IN_PROSE, "openapi", paths),
    Check(SCHEMA_IN_PROSE, "openapi", schemas),
)
