"""What `$ref`s lead to: following one, and finding those that lead nowhere or only to themselves.

Reads references within the file; knows of OpenAPI only where its objects stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Collector, Rule, Severity

from .pointer import from_reference, join, resolve
from .walk import walk

if TYPE_CHECKING:
    from .load import Document

DANGLING = Rule(
    "DOC010",
    "dangling-reference",
    "a `$ref` leads to nothing",
    "A reference must name something that exists (RFC 6901 §4). `specloom generate` takes what "
    "is there for anything, and says so (DOC041).",
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
    "a `$ref` leads to what may not be read",
    "References lead within the document (`#/…`), or to other files by paths relative to the file "
    "that refers, outside hidden folders. URLs are read only if `[document] remote` in "
    "specloom.toml lists their beginning; what an overlay adds must be in the document.",
)
NEAR = Rule(
    "DOC013",
    "misplaced-reference",
    "a `$ref` leads to nothing, but a schema around it has what it names",
    "`#/…` begins at the top of the document (or of the schema with `$id` around it), so a schema "
    "pasted into a document has references that lead nowhere. What they name was looked for in "
    "the schemas around the reference, and found.",
    Severity.WARNING,
)
AMBIGUOUS = Rule(
    "DOC014",
    "ambiguous-dynamic-reference",
    "a `$dynamicRef` may lead to several schemas",
    "Which schema a `$dynamicRef` leads to depends on the schemas passed on the way to it "
    "(JSON Schema 2020-12 Core §8.2.3.2). Where several have its name, it is taken for any value. "
    "Put a `$ref` there in the overlay for a type.",
    Severity.WARNING,
)
EXPLODING = Rule(
    "DOC015",
    "exploding-references",
    "references multiply what the document holds",
    "Some objects take the place of the references to them, each time anew. A few references can "
    "ask for so many copies that no machine could hold them. Refer less often, or break the circle "
    "that the references make.",
)

RULES = (DANGLING, ENDLESS, FOREIGN, NEAR, AMBIGUOUS, EXPLODING)


def is_reference(value: Any) -> bool:
    """Whether a value is a Reference Object or a schema with `$ref`."""
    return isinstance(value, dict) and isinstance(value.get("$ref"), str)


def follow(tree: dict[str, Any], value: Any) -> Any:
    """What a value is once its references are followed; the value itself if it is none.

    Nothing, `{}`, if they lead only to themselves.
    """
    seen: set[str] = set()
    while is_reference(value):
        if value["$ref"] in seen:
            return {}
        seen.add(value["$ref"])
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
