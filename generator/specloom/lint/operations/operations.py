"""Rules on operations: their ids, what is said of them, and their tags."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.grouping import once

from . import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

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
UNSAFE_OPERATION_ID = Rule(
    "OAS305",
    "unsafe-operation-id",
    "operationId can't stand in a URL as it is",
    "References, links and the addresses of documentation name an operation by its operationId "
    "(OAS 3.2 §4.10 recommends names as programs have them). Spaces, quotes and letters beyond "
    "ASCII have to be escaped there (RFC 3986 §2), which some tools forget.",
    Severity.WARNING,
)
NO_SUMMARY = Rule(
    "OAS306",
    "no-summary",
    "operation has no summary",
    "The `summary` is what lists of operations show (OAS 3.2 §4.10). Where only descriptions are "
    "written that may be meant, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)
NO_DESCRIPTION = Rule(
    "OAS307",
    "no-description",
    "operation has no description",
    "The `description` says what the operation does beyond its summary (OAS 3.2 §4.10). Where the "
    "summary says all, none is needed, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)
UNTAGGED_OPERATION = Rule(
    "OAS308",
    "untagged-operation",
    "operation has no tag",
    "Tags are the chapters of the reference and the resources of the client (OAS 3.2 §4.22); an "
    "operation without one ends up beside them all.",
    Severity.INFO,
)
SEVERAL_TAGS = Rule(
    "OAS309",
    "several-tags",
    "operation has several tags",
    "It is in several chapters, and has to be chosen one resource of the client. Tags may be meant "
    "as labels, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)

_FEW: Final = 2
_MANY: Final = 10
_OF_URLS: Final = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]*")


def missing_ids(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every operation of the API without an operationId; nobody calls that of a webhook by it."""
    operations = list(served.operations(scope))
    bare = [operation for operation in operations if not operation.value.get("operationId")]
    return _each_or_once(bare, operations, NO_OPERATION_ID, "operationId")


def _each_or_once(
    bare: list[Node], operations: list[Node], rule: Rule, lack: str
) -> Iterator[Finding]:
    """A finding at each operation that lacks something; one for many if most lack it."""
    if len(bare) > _MANY and 2 * len(bare) > len(operations):
        message = f"{len(bare)} of {len(operations)} operations have no {lack}"
        return iter([Finding("/paths", message)])
    return iter([Finding(operation.pointer, rule.summary) for operation in bare])


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


def undescribed(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every operation of which nothing says what it is for."""
    operations = scope.nodes.get("operation", [])
    texts = ("summary", "description")
    bare = [each for each in operations if not any(each.value.get(text) for text in texts)]
    return _each_or_once(bare, operations, UNDESCRIBED_OPERATION, "summary and no description")


def undefined_tags(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every tag that operations use and the document does not define, where it is first used.

    All of them at once where the document defines no tags at all and uses more than a few.
    """
    undefined = [
        (join(node.pointer, "tags", index), str(tag))
        for node in scope.nodes.get("operation", ())
        for index, tag in enumerate(node.value.get("tags", ()))
        if tag not in scope.tags
    ]
    names = {tag for _, tag in undefined}
    if len(names) > _FEW and not scope.tags:
        message = f"the document defines no tags, its operations use {len(names)}"
        return iter([Finding("/paths", message, "define them in `tags` at the top")])
    return once(
        Finding(place, f"tag {tag!r} is not defined at the top") for place, tag in undefined
    )


def unsafe_ids(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The operationId, if it would have to be escaped in a URL."""
    name = str(node.value.get("operationId", ""))
    if not _OF_URLS.fullmatch(name):
        yield Finding(join(node.pointer, "operationId"), f"{name!r} can't stand in a URL as it is")


def missing_summary(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The operation, if it has no summary."""
    if not node.value.get("summary"):
        yield Finding(node.pointer, NO_SUMMARY.summary)


def missing_description(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The operation, if it has no description."""
    if not node.value.get("description"):
        yield Finding(node.pointer, NO_DESCRIPTION.summary)


def untagged(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every operation of the API without a tag."""
    operations = list(served.operations(scope))
    bare = [operation for operation in operations if not operation.value.get("tags")]
    return _each_or_once(bare, operations, UNTAGGED_OPERATION, "tag")


def several_tags(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The tags of the operation, if there are several."""
    tags = node.value.get("tags", ())
    if len(tags) > 1:
        yield Finding(join(node.pointer, "tags"), f"operation has {len(tags)} tags")


CHECKS = (
    Check(NO_OPERATION_ID, "openapi", missing_ids),
    Check(DUPLICATE_OPERATION_ID, "openapi", duplicate_ids),
    Check(UNDESCRIBED_OPERATION, "openapi", undescribed),
    Check(UNDEFINED_TAG, "openapi", undefined_tags),
    Check(UNSAFE_OPERATION_ID, "operation", unsafe_ids),
    Check(NO_SUMMARY, "operation", missing_summary),
    Check(NO_DESCRIPTION, "operation", missing_description),
    Check(UNTAGGED_OPERATION, "openapi", untagged),
    Check(SEVERAL_TAGS, "operation", several_tags),
)
