"""Rules on links: each leads to an operation, and gives it parameters that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import from_reference, join
from specloom.lint.check import Check, Finding

from . import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNKNOWN_LINKED_ID = Rule(
    "OAS316",
    "unknown-linked-id",
    "link names an operationId that no operation has",
    "A link says which operation can be called next with values of an answer; its `operationId` "
    "must be that of an operation of the document (OAS 3.2 §4.20). Correct the name.",
)
DANGLING_LINK = Rule(
    "OAS317",
    "dangling-link",
    "link refers to no operation",
    "The `operationRef` of a link must lead to an Operation Object (OAS 3.2 §4.20). Mind that the "
    "slashes of a path are written `~1` in it.",
)
UNKNOWN_LINK_PARAMETER = Rule(
    "OAS318",
    "unknown-link-parameter",
    "link gives a parameter that its operation does not have",
    "The keys of a link's `parameters` are names of parameters of the operation that it leads to, "
    "`path.id` where the same name is in several places (OAS 3.2 §4.20). One that is unknown is "
    "sent nowhere. Correct the name.",
    Severity.WARNING,
)


class _Target(NamedTuple):
    """An operation that a link may lead to, with its path where it has one."""

    operation: Node
    path: served.Path | None = None


_Targets = dict[str, _Target]
_LOCAL: Final = "#/"


def unknown_ids(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The operationId of every link whose operation does not exist."""
    links = scope.nodes.get("link", ())
    known = _by_id(_by_pointer(scope)) if links else {}
    for link in links:
        wanted = link.value.get("operationId")
        if isinstance(wanted, str) and wanted not in known:
            yield Finding(join(link.pointer, "operationId"), f"no operation is called {wanted!r}")


def dangling(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The operationRef of every link that leads to no operation of this document."""
    links = scope.nodes.get("link", ())
    known = _by_pointer(scope) if links else {}
    for link in links:
        wanted = link.value.get("operationRef")
        is_local = isinstance(wanted, str) and wanted.startswith(_LOCAL)
        if is_local and from_reference(wanted) not in known:
            yield Finding(join(link.pointer, "operationRef"), f"{wanted!r} is no operation")


def unknown_parameters(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The parameters of links that the operations have none for."""
    links = scope.nodes.get("link", ())
    by_pointer = _by_pointer(scope) if links else {}
    by_id = _by_id(by_pointer)
    for link in links:
        reference, name = (str(link.value.get(key)) for key in ("operationRef", "operationId"))
        target = by_pointer.get(from_reference(reference)) or by_id.get(name)
        given = link.value.get("parameters", {})
        if target and target.path and given:
            names = _names(target.path, target.operation, scope)
            for name in given:
                if str(name) not in names:
                    place = join(link.pointer, "parameters", name)
                    yield Finding(place, f"the operation has no parameter {name!r}")


def _names(path: served.Path, operation: Node, scope: Scope) -> set[str]:
    """How a link may name the parameters of an operation."""
    declared = [found.value for found in served.parameters(path, operation, scope).values()]
    names = {str(each.get("name")) for each in declared}
    return names | {f"{each.get('in')}.{each.get('name')}" for each in declared}


def _by_pointer(scope: Scope) -> _Targets:
    """All operations by where they are, and by where a path leads to them."""
    found = {node.pointer: _Target(node) for node in scope.nodes.get("operation", ())}
    for path in served.paths(scope):
        for operation in path.operations():
            target = _Target(operation, path)
            inner = operation.pointer.removeprefix(path.items[-1].pointer)
            found[operation.pointer] = found[path.pointer + inner] = target
    return found


def _by_id(targets: _Targets) -> _Targets:
    return {
        str(target.operation.value["operationId"]): target
        for target in targets.values()
        if "operationId" in target.operation.value
    }


CHECKS = (
    Check(UNKNOWN_LINKED_ID, "openapi", unknown_ids),
    Check(DANGLING_LINK, "openapi", dangling),
    Check(UNKNOWN_LINK_PARAMETER, "openapi", unknown_parameters),
)
