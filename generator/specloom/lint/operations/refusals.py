"""Rules on answers that any operation can come to: no key, no right, too often, broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

from . import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

NO_401 = Rule(
    "OAS809",
    "no-401-response",
    "operation asks for a key and documents no 401",
    "A missing or wrong key is answered by 401 (RFC 9110 §15.5.2). Without it, nobody knows what "
    "its body says, and no test can tell the refusal from a fault. Other errors are documented "
    "here, so this one seems to be forgotten.",
    Severity.HINT,
)
NO_403 = Rule(
    "OAS810",
    "no-403-response",
    "operation asks for a key and documents no 403",
    "A key that is known and has not the right is answered by 403 (RFC 9110 §15.5.4). Where all "
    "keys may do everything there is none, so this rule is off by default.",
    Severity.HINT,
    recommended=False,
)
NO_429 = Rule(
    "OAS811",
    "no-429-response",
    "operation documents no 429",
    "429 tells a caller who asks too often to wait, and `Retry-After` how long (RFC 6585 §4). Not "
    "every API has limits, so this rule is off by default.",
    Severity.HINT,
    recommended=False,
)
NO_500 = Rule(
    "OAS812",
    "no-500-response",
    "operation documents no 5xx",
    "Any server fails at some time, and whoever calls it has to read what it answers then. That "
    "it can be any text is commonly known, so this rule is off by default.",
    Severity.HINT,
    recommended=False,
)


def no_401(node: Node, scope: Scope) -> Iterator[Finding]:
    """The responses that have other errors of the caller's, but not the one for a missing key.

    All of them at once where most operations lack it.
    """
    keyed = [found for found in _operations(scope) if _asks_for_key(found[0], node)]
    bare = [operation for operation, statuses in keyed if _forgets(statuses, "401")]
    lacking = sum(not _has(statuses, "401") for _, statuses in keyed)
    if len(bare) > 1 and 2 * lacking > len(keyed):
        which = f"{lacking} of {len(keyed)} operations that ask for a key"
        yield Finding("/paths", f"{which} document no 401")
        return
    for operation in bare:
        yield Finding(join(operation.pointer, "responses"), NO_401.summary)


def _forgets(statuses: set[str], status: str) -> bool:
    """Whether others of its kind are documented; where none is, another rule says so."""
    return not _has(statuses, status) and any(other[0] == status[0] for other in statuses)


def no_403(node: Node, scope: Scope) -> Iterator[Finding]:
    """The responses that have none for a missing right."""
    for operation, statuses in _operations(scope):
        if _asks_for_key(operation, node) and not _has(statuses, "403"):
            yield Finding(join(operation.pointer, "responses"), NO_403.summary)


def no_429(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The responses that have none for too many requests."""
    for operation, statuses in _operations(scope):
        if not _has(statuses, "429"):
            yield Finding(join(operation.pointer, "responses"), NO_429.summary)


def no_500(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The responses that have none for a server's failure."""
    for operation, statuses in _operations(scope):
        if not any(status[0] == "5" or status == "default" for status in statuses):
            yield Finding(join(operation.pointer, "responses"), NO_500.summary)


def _operations(scope: Scope) -> Iterator[tuple[Node, set[str]]]:
    """The operations that document statuses at all, with these."""
    for operation in served.operations(scope):
        statuses = set(filter(None, map(str, operation.value.get("responses", ()))))
        if statuses:
            yield operation, statuses


def _asks_for_key(operation: Node, document: Node) -> bool:
    """Whether no caller gets in without a key."""
    required = operation.value.get("security", document.value.get("security"))
    return bool(required) and all(required)


def _has(statuses: set[str], status: str) -> bool:
    return not statuses.isdisjoint({status, f"{status[0]}XX", "default"})


CHECKS = (
    Check(NO_401, "openapi", no_401),
    Check(NO_403, "openapi", no_403),
    Check(NO_429, "openapi", no_429),
    Check(NO_500, "openapi", no_500),
)
