"""An `allOf` of schemas that list the values they take becomes one list: the values in all of them.

References among the parts are read, since a list of values has no heirs. A schema whose parts say
more than types and values stays as it is, and so does one that no value fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.references import follow, is_reference
from specloom.document.walk import walk

if TYPE_CHECKING:
    from specloom.document.load import Document

_NOTES: Final = {
    "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
}  # fmt: skip
_TYPES: Final[dict[type, set[str]]] = {
    str: {"string"}, bool: {"boolean"}, int: {"integer", "number"}, float: {"number"},
    type(None): {"null"}, list: {"array"}, dict: {"object"},
}  # fmt: skip


def run(document: Document) -> None:
    """Rewrite such schemas in place, and again those that refer to what was rewritten."""
    pending = [
        node.value
        for node in walk(document.tree)
        if node.kind == "schema" and isinstance(node.value, dict) and "allOf" in node.value
    ]
    rewritten = True
    while rewritten:
        left = [schema for schema in pending if not _rewrite(document.tree, schema)]
        rewritten, pending = len(left) < len(pending), left


def _rewrite(tree: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Put the list in the place of the parts, if they come to one."""
    own = {key: value for key, value in schema.items() if key != "allOf"}
    parts = [own, *(_said(tree, part) for part in schema["allOf"])]
    lists = [part["enum"] for part in parts if "enum" in part]
    if not lists or any(part.keys() - {"enum", "type"} - _NOTES for part in parts):
        return False
    common = [value for value in lists[0] if all(_fits(value, part) for part in parts)]
    if common:
        inline = {key: value for part in reversed(parts) for key, value in part.items()}
        schema.clear()
        schema.update(sorted({**inline, "enum": common}.items()))
    return bool(common)


def _said(tree: dict[str, Any], part: Any) -> dict[str, Any]:
    """What a part asks of a value, without the notes on what it refers to."""
    target = follow(tree, part)
    if not isinstance(target, dict):
        return {} if target else {"not": {}}
    noted = _NOTES if is_reference(part) else set()
    return {key: value for key, value in target.items() if key not in noted}


def _fits(value: Any, part: dict[str, Any]) -> bool:
    types = part.get("type", ())
    taken = {types} if isinstance(types, str) else set(types)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if taken and not taken & _TYPES[type(value)]:
        return False
    # To JSON, true is not 1.
    return "enum" not in part or any(
        value == other and isinstance(value, bool) is isinstance(other, bool)
        for other in part["enum"]
    )
