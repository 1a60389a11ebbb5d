"""What `$ref`s lead to: following one, and finding those that lead nowhere or only to themselves.

Reads references within the file; knows of OpenAPI only where its objects stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Collector, Rule

from .pointer import from_reference, join, resolve
from .walk import walk

if TYPE_CHECKING:
    from .load import Document

DANGLING = Rule(
    "DOC010",
    "dangling-reference",
    "a `$ref` leads to nothing",
    "A reference must name something that exists (RFC 6901 §4); a client made from the document "
    "could not know what belongs there.",
)
ENDLESS = Rule(
    "DOC011",
    "endless-reference",
    "a `$ref` leads only to itself",
    "Following the reference comes back to it without passing anything else, so it says nothing.",
)
FOREIGN = Rule(
    "DOC012",
    "foreign-reference",
    "a `$ref` leads out of the file",
    "Only references within the document (`#/…`) are read. Bundle the files into one first.",
)

RULES = (DANGLING, ENDLESS, FOREIGN)


def is_reference(value: Any) -> bool:
    """Whether a value is a Reference Object or a schema with `$ref`."""
    return isinstance(value, dict) and isinstance(value.get("$ref"), str)


def follow(tree: dict[str, Any], value: Any) -> Any:
    """What a value is once its references are followed; the value itself if it is none."""
    while is_reference(value):
        value = resolve(tree, from_reference(value["$ref"]))
    return value


def check_references(document: Document, collector: Collector) -> None:
    """Report every reference that can't be followed to something."""
    for node in walk(document.tree):
        if is_reference(node.value):
            _check(document, node.value, join(node.pointer, "$ref"), collector)


def _check(document: Document, value: Any, place: str, collector: Collector) -> None:
    seen: list[str] = []
    while is_reference(value):
        reference = value["$ref"]
        if not reference.startswith("#"):
            collector.add(FOREIGN, f"{reference!r} is outside this file", document.locate(place))
            return
        if reference in seen:
            chain = " → ".join([*seen, reference])
            collector.add(ENDLESS, f"leads only to itself: {chain}", document.locate(place))
            return
        seen.append(reference)
        try:
            value = resolve(document.tree, from_reference(reference))
        except KeyError:
            collector.add(DANGLING, f"{reference!r} leads to nothing", document.locate(place))
            return
