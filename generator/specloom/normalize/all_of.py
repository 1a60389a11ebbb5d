"""An `allOf` loses the parts that say nothing; what is left of a plain value becomes one schema.

Only keywords that count by themselves are put together (JSON Schema 2020-12, Validation §6), so
nothing changes its meaning. Objects keep their parts, which they may inherit from others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.objects import parts
from specloom.document.walk import FIELDS, walk

if TYPE_CHECKING:
    from specloom.document.load import Document

_TEXTS: Final = {"title", "description"}
_ALONE: Final = {
    "type", "enum", "const", "format", "default", "pattern", "minLength", "maxLength",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", *_TEXTS,
}  # fmt: skip
# What says which values there are; all else is a note (JSON Schema 2020-12 Core §4.3.1), and so
# is 3.0's `nullable` in a later document.
_SAYING: Final = FIELDS["schema"].keys() | (_ALONE - _TEXTS - {"default"}) | {
    "$ref", "$dynamicRef", "$id", "$anchor", "$dynamicAnchor", "required", "dependentRequired",
    "minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties",
    "maxProperties", "discriminator", "contentEncoding", "contentMediaType",
}  # fmt: skip


def run(document: Document) -> None:
    """Rewrite such schemas in place, inner ones first: what is left of them counts."""
    found = [
        node.value
        for node in walk(document.tree)
        if node.kind == "schema" and isinstance(node.value, dict) and "allOf" in node.value
    ]
    for schema in reversed(found):
        _drop_notes(schema)
        merged = _only_part(document.tree, schema) or _merged(schema)
        said = merged or dict(schema)
        schema.clear()
        schema.update(sorted(said.items()))


def _drop_notes(schema: dict[str, Any]) -> None:
    """Take out the parts that all values fit, and say beside the others what they said."""
    kept = [part for part in schema["allOf"] if not _is_note(part)]
    for note in schema["allOf"]:
        if _is_note(note) and isinstance(note, dict):
            for keyword, value in note.items():
                schema.setdefault(keyword, value)
    if kept:
        schema["allOf"] = kept
    else:
        del schema["allOf"]


def _is_note(part: Any) -> bool:
    return part is True or (isinstance(part, dict) and _SAYING.isdisjoint(part))


def _only_part(tree: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any] | None:
    """The one part and what is said beside it; None if there are more, or it chooses its heirs."""
    own = {keyword: value for keyword, value in schema.items() if keyword != "allOf"}
    inherited = schema.get("allOf", ())
    if len(inherited) != 1 or not isinstance(inherited[0], dict) or not _is_note(own):
        return None
    chooses = any("discriminator" in part for part in parts(tree, inherited[0]))
    return None if chooses else inherited[0] | own


def _merged(schema: dict[str, Any]) -> dict[str, Any] | None:
    """The schema without its `allOf`; None if two parts contradict each other or say more."""
    own = {keyword: value for keyword, value in schema.items() if keyword != "allOf"}
    merged: dict[str, Any] = {}
    for part in (own, *schema.get("allOf", ())):
        if not isinstance(part, dict) or part.keys() - _ALONE:
            return None
        for keyword, value in part.items():
            if merged.setdefault(keyword, value) != value and keyword not in _TEXTS:
                return None
    return merged
