"""Rules on operations: their ids, what is said of them, and their tags."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join

from .check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node

    from .scope import Scope

NO_OPERATION_ID = Rule(
    "OAS301",
    "no-operation-id",
    "operation has no operationId",
    "The operationId names the method of a generated client and links. Without it a name is made "
    "of the method and the path, and changes whenever the path does.",
    Severity.WARNING,
)
DUPLICATE_OPERATION_ID = Rule(
    "OAS302",
    "duplicate-operation-id",
    "operationId is used twice",
    "An operationId must be unique among all operations of the document (OAS 3.2 §4.10), since "
    "links and tools address the operation by it.",
)
UNDESCRIBED_OPERATION = Rule(
    "OAS303",
    "undescribed-operation",
    "operation has neither summary nor description",
    "Readers of the reference and of the client's docstrings learn here what the operation is for.",
    Severity.WARNING,
)
UNDEFINED_TAG = Rule(
    "OAS304",
    "undefined-tag",
    "operation uses a tag that is not defined",
    "`tags` at the top of the document defines each tag, its description and its order. A tag used "
    "but not defined there is often a misspelling, which splits a resource of the client in two.",
    Severity.WARNING,
)


def missing_ids(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The operation, if it has no operationId."""
    if not node.value.get("operationId"):
        yield Finding(node.pointer, NO_OPERATION_ID.summary)


def duplicate_ids(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every operationId that an earlier operation has already."""
    places: dict[str, list[str]] = defaultdict(list)
    for node in scope.nodes.get("operation", ()):
        if "operationId" in node.value:
            places[str(node.value["operationId"])].append(node.pointer)
    for name, (first, *others) in places.items():
        for pointer in others:
            message = f"operationId {name!r} is used by {first} already"
            yield Finding(join(pointer, "operationId"), message)


def undescribed(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The operation, if nothing says what it is for."""
    if not (node.value.get("summary") or node.value.get("description")):
        yield Finding(node.pointer, UNDESCRIBED_OPERATION.summary)


def undefined_tags(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every tag of the operation that the document does not define."""
    for index, tag in enumerate(node.value.get("tags", ())):
        if tag not in scope.tags:
            message = f"tag {tag!r} is not defined at the top of the document"
            yield Finding(join(node.pointer, "tags", index), message)


CHECKS = (
    Check(NO_OPERATION_ID, "operation", missing_ids),
    Check(DUPLICATE_OPERATION_ID, "openapi", duplicate_ids),
    Check(UNDESCRIBED_OPERATION, "operation", undescribed),
    Check(UNDEFINED_TAG, "operation", undefined_tags),
)
