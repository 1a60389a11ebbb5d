"""Rules on the parameters of one operation: each once, and none that excludes another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.operations import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

DUPLICATE_PARAMETER = Rule(
    "OAS204",
    "duplicate-parameter",
    "parameter is listed twice",
    "A parameter is known by its name and where it is, and a list must not have one twice (OAS "
    "3.2 §4.9, §4.10); headers are the same whatever their case. An operation may only change "
    "what its path says.",
)
UNDESCRIBED_PARAMETER = Rule(
    "OAS205",
    "undescribed-parameter",
    "parameter has no description",
    "The `description` (OAS 3.2 §4.12) becomes the reference's and the client's documentation. "
    "Many names speak for themselves, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)
QUERYSTRING_BESIDE_QUERY = Rule(
    "OAS209",
    "querystring-beside-query",
    "parameter for the whole query string is not alone",
    "A parameter with `in: querystring` is all of the query: an operation, with what its path "
    "gives it, has one at most, and none with `in: query` beside it (OAS 3.2 §4.12).",
)

_QUERY: Final = ("query", "querystring")


def duplicates(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every parameter that an earlier one of the same list is already."""
    seen: set[tuple[str, str]] = set()
    for found in served.listed(node, scope):
        key = served.identity(found.value)
        if key in seen:
            message = f"{key[0]} parameter {found.value.get('name')!r} is listed already"
            yield Finding(found.pointer, message)
        seen.add(key)


def undescribed(node: Node, scope: Scope) -> Iterator[Finding]:
    """The parameter, if nothing describes it or its schema."""
    schema = scope.follow(node.value.get("schema"))
    described = schema.get("description") if isinstance(schema, dict) else None
    if not (node.value.get("description") or described):
        message = f"{node.value.get('in')} parameter {node.value.get('name')!r} has no description"
        yield Finding(node.pointer, message)


def crowded_query(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every querystring parameter that is not all that an operation has of a query."""
    for path in served.paths(scope):
        for operation in path.operations():
            given = served.parameters(path, operation, scope)
            query = {key: found for key, found in given.items() if key[0] in _QUERY}
            for (place, name), found in query.items():
                if place == "querystring" and len(query) > 1:
                    others = ", ".join(repr(other) for _, other in query if other != name)
                    message = f"{name!r} is the whole query string, and {others} is beside it"
                    yield Finding(join(found.pointer, "in"), message)


CHECKS = (
    Check(DUPLICATE_PARAMETER, "path-item", duplicates),
    Check(DUPLICATE_PARAMETER, "operation", duplicates),
    Check(UNDESCRIBED_PARAMETER, "parameter", undescribed),
    Check(QUERYSTRING_BESIDE_QUERY, "openapi", crowded_query),
)
