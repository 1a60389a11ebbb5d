"""A component that is an object or null becomes the object; what refers to it says null beside it.

So a class stands for objects only. An heir's `allOf` keeps its bare reference, since the rest of it
asks for an object already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document import components
from specloom.document.walk import walk

if TYPE_CHECKING:
    from specloom.document.load import Document
    from specloom.document.walk import Node


def run(document: Document) -> None:
    """Rewrite such components, and the references to them, in place."""
    schemas = document.tree.get("components", {}).get("schemas", {})
    split = {
        components.reference(name)
        for name, schema in schemas.items()
        if stands_alone(schema) and split_null(schema)
    }
    found = [node for node in walk(document.tree) if _is_schema(node)]
    inherited = {
        id(part)
        for node in found
        if stands_alone(node.value)
        for part in node.value.get("allOf", ())
    }
    for node in found:
        if node.value.get("$ref") in split and id(node.value) not in inherited:
            node.parent[node.key] = or_null(node.value)


def _is_schema(node: Node) -> bool:
    return node.kind == "schema" and isinstance(node.value, dict)


def stands_alone(schema: Any) -> bool:
    """Whether a schema has fields or parts of its own, so that it needs a name."""
    return isinstance(schema, dict) and (
        bool(schema.get("properties")) or len(schema.get("allOf", ())) > 1
    )


def split_null(schema: dict[str, Any]) -> bool:
    """Take null away from the types of a schema; whether it was among them."""
    types = schema.get("type")
    if not isinstance(types, list) or "null" not in types or len(types) == 1:
        return False
    kept = [name for name in types if name != "null"]
    schema["type"] = kept[0] if len(kept) == 1 else kept
    return True


def or_null(reference: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to, or null; what is said beside the reference is kept beside both."""
    beside = {key: value for key, value in reference.items() if key != "$ref"}
    return {"anyOf": [{"$ref": reference["$ref"]}, {"type": "null"}], **beside}
