"""An `allOf` whose parts say different things of one plain value becomes one schema.

Only keywords that count by themselves are put together (JSON Schema 2020-12, Validation §6), so
nothing changes its meaning. Objects keep their parts, which they may inherit from others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.walk import walk

if TYPE_CHECKING:
    from specloom.document.load import Document

_TEXTS: Final = {"title", "description"}
_ALONE: Final = {
    "type", "enum", "const", "format", "default", "pattern", "minLength", "maxLength",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", *_TEXTS,
}  # fmt: skip


def run(document: Document) -> None:
    """Rewrite such schemas in place."""
    for node in walk(document.tree):
        if node.kind == "schema" and isinstance(node.value, dict) and "allOf" in node.value:
            merged = _merged(node.value)
            if merged:
                node.value.clear()
                node.value.update(merged)


def _merged(schema: dict[str, Any]) -> dict[str, Any] | None:
    """The schema without its `allOf`; None if two parts contradict each other or say more."""
    own = {keyword: value for keyword, value in schema.items() if keyword != "allOf"}
    merged: dict[str, Any] = {}
    for part in (own, *schema["allOf"]):
        if not isinstance(part, dict) or part.keys() - _ALONE:
            return None
        for keyword, value in part.items():
            if merged.setdefault(keyword, value) != value and keyword not in _TEXTS:
                return None
    return merged
