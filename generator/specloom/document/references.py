"""What `$ref`s lead to: following one, and finding those that lead nowhere or only to themselves.

Reads references within the file; knows of OpenAPI only where its objects stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Collector, Rule, Severity

from .object_kinds import Path, kind_of
from .pointer import from_reference, join, resolve, tokens
from .walk import FIELDS, SECTIONS, walk

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

OTHER_KIND = Rule(
    "DOC016",
    "reference-to-other-kind",
    "a `$ref` leads to an object of another kind",
    "What a reference leads to takes its place, so it must be what may stand there: a parameter "
    "for a parameter, a schema for a schema (OAS 3.2 §4.23).",
)

RULES = (DANGLING, ENDLESS, FOREIGN, NEAR, AMBIGUOUS, EXPLODING, OTHER_KIND)


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


def check_references(document: Document, collector: Collector) -> bool:
    """Report every reference that can't be followed to what may stand there.

    Gives whether some lead to where OpenAPI puts no objects, so that nothing is known of those.
    """
    known: dict[tuple[str, str], tuple[Rule, str] | bool] = {}
    for node in walk(document.tree):
        if not is_reference(node.value) or node.kind not in SECTIONS:
            continue
        use = node.kind, node.value["$ref"]
        if use not in known:
            known[use] = _fault(document.tree, *use)
        found = known[use]
        if isinstance(found, tuple):
            rule, message = found
            collector.add(rule, message, document.locate(join(node.pointer, "$ref")))
    return True in known.values()


def _fault(tree: dict[str, Any], kind: str, reference: str) -> tuple[Rule, str] | bool:
    """The rule that a reference from a place of a kind breaks, and how.

    Else whether it leads to where OpenAPI puts no objects.
    """
    seen: list[str] = []
    value: Any = {"$ref": reference}
    leads_astray = False
    while is_reference(value):
        reference = value["$ref"]
        if not reference.startswith("#"):
            return FOREIGN, f"{reference!r} is outside this file"
        if reference in seen:
            return ENDLESS, f"leads only to itself: {' → '.join([*seen, reference])}"
        seen.append(reference)
        pointer = from_reference(reference)
        try:
            value = resolve(tree, pointer)
        except KeyError:
            return DANGLING, f"{reference!r} leads to nothing"
        path = tuple(tokens(pointer))
        found = kind_of(path)
        leads_astray |= found is None
        if (found and found.name != kind) or _is_field(path) or not _may_stand(value, kind):
            due = kind.replace("-", " ")
            return OTHER_KIND, f"{reference!r} leads to no {due}, which is needed here"
    return leads_astray


def _is_field(path: Path) -> bool:
    """Whether OpenAPI puts a map or a list there, as at `#/components/schemas`."""
    holder = kind_of(path[:-1]) if path and not kind_of(path) else None
    return holder is not None and path[-1] in FIELDS.get(holder.name, {})


def _may_stand(value: Any, kind: str) -> bool:
    return isinstance(value, dict) or (kind == "schema" and isinstance(value, bool))
