"""Rules on tags: unique, described, used, and in a hierarchy without circles."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

DUPLICATE_TAG = Rule(
    "OAS140",
    "duplicate-tag",
    "tag is defined twice",
    "Each name in `tags` must be unique (OAS 3.2 §4.1), or nobody knows which description is its.",
)
UNDESCRIBED_TAG = Rule(
    "OAS141",
    "undescribed-tag",
    "tag has no description",
    "A tag is a chapter of the reference and a resource of the client; its `description` (or "
    "`summary`, OAS 3.2 §4.22) says what its operations have in common.",
    Severity.INFO,
)
UNUSED_TAG = Rule(
    "OAS142",
    "unused-tag",
    "tag is used by no operation",
    "It is left over, misspelt, or its operations have lost it; readers find an empty chapter.",
    Severity.INFO,
)
UNSORTED_TAGS = Rule(
    "OAS143",
    "unsorted-tags",
    "tags are not in alphabetical order",
    "The order of `tags` is that of the chapters of the reference. By the alphabet they are "
    "quickly found; any other order may be meant, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)
NO_TAGS = Rule(
    "OAS144",
    "no-tags",
    "document defines no tags",
    "`tags` at the top of the document gives the chapters of the reference their order and their "
    "descriptions (OAS 3.2 §4.1). A small API does without, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)
BAD_TAG_PARENT = Rule(
    "OAS145",
    "bad-tag-parent",
    "tag's parent does not exist, or is its own descendant",
    "`parent` names another tag of the document, and tags must not be each other's parents in a "
    "circle (OAS 3.2 §4.22): no tree of chapters can be made of them.",
)


def duplicate_tags(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every tag whose name an earlier one has."""
    seen: set[str] = set()
    for pointer, tag in _tags(node):
        if tag["name"] in seen:
            yield Finding(join(pointer, "name"), f"tag {tag['name']!r} is defined already")
        seen.add(tag["name"])


def undescribed_tags(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every tag that nothing describes; all of them at once where none is described."""
    tags = _tags(node)
    bare = [entry for entry in tags if not (entry[1].get("description") or entry[1].get("summary"))]
    if len(bare) > 1 and len(bare) == len(tags):
        yield Finding("/tags", f"none of the {len(tags)} tags has a description")
        return
    for pointer, tag in bare:
        yield Finding(pointer, f"tag {tag['name']!r} has no description")


def unused_tags(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every tag that neither an operation nor a tag beneath it uses."""
    used = {tag.get("parent") for _, tag in _tags(node)}
    for operation in scope.nodes.get("operation", ()):
        used.update(operation.value.get("tags", ()))
    for pointer, tag in _tags(node):
        # Where there are no operations yet, or the tag is a page of text, none is missing.
        if scope.nodes.get("operation") and tag["name"] not in used and not tag.get("x-traitTag"):
            yield Finding(pointer, f"tag {tag['name']!r} is used by no operation")


def unsorted_tags(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The first tag that stands behind one which the alphabet has after it."""
    for (_, one), (pointer, other) in pairwise(_tags(node)):
        if other["name"].casefold() < one["name"].casefold():
            message = f"tag {other['name']!r} stands behind {one['name']!r}"
            yield Finding(join(pointer, "name"), message)
            return


def missing_tags(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The paths, if the document defines no tags for their operations."""
    if node.value.get("paths") and not node.value.get("tags"):
        yield Finding("/paths", NO_TAGS.summary)


def bad_parents(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every parent that is no tag of the document, or leads back to the tag."""
    parents = {tag["name"]: tag.get("parent") for _, tag in _tags(node)}
    circular = _in_circles(parents)
    for pointer, tag in _tags(node):
        parent = tag.get("parent")
        if parent is not None and parent not in parents:
            message = f"parent {parent!r} of tag {tag['name']!r} is not defined"
            yield Finding(join(pointer, "parent"), message)
        elif tag["name"] in circular:
            message = f"parent {parent!r} is a descendant of tag {tag['name']!r}"
            yield Finding(join(pointer, "parent"), message)


def _in_circles(parents: dict[str, str | None]) -> set[str]:
    """The tags that are their own ancestors; each is looked at once."""
    circular: set[str] = set()
    done: set[str] = set()
    for name in parents:
        way: dict[str, int] = {}
        at: str | None = name
        while at in parents and at not in done and at not in way:
            way[at] = len(way)
            at = parents[at]
        if at in way:
            circular.update(tag for tag, step in way.items() if step >= way[at])
        done.update(way)
    return circular


def _tags(node: Node) -> list[tuple[str, dict[str, Any]]]:
    return [
        (join("/tags", index), tag)
        for index, tag in enumerate(node.value.get("tags", ()))
        if isinstance(tag.get("name"), str)
    ]


CHECKS = (
    Check(DUPLICATE_TAG, "openapi", duplicate_tags),
    Check(UNDESCRIBED_TAG, "openapi", undescribed_tags),
    Check(UNUSED_TAG, "openapi", unused_tags),
    Check(UNSORTED_TAGS, "openapi", unsorted_tags),
    Check(NO_TAGS, "openapi", missing_tags),
    Check(BAD_TAG_PARENT, "openapi", bad_parents),
)
