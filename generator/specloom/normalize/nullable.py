"""A component that is an object or null becomes the object; what refers to it says null beside it.

So a class stands for objects only. An heir's `allOf` keeps its bare reference; one that may be
null only because all its parts may says so itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document import components
from specloom.document.objects import parts
from specloom.document.references import follow
from specloom.document.walk import walk

if TYPE_CHECKING:
    from specloom.document.load import Document
    from specloom.document.walk import Node
_CHOOSING: Final = {"anyOf", "oneOf", "not", "if", "enum", "const"}


def run(document: Document) -> None:
    """Rewrite such components, and the references to them, in place."""
    schemas = document.tree.get("components", {}).get("schemas", {})
    nodes = [node for node in walk(document.tree) if _is_schema(node) and "allOf" in node.value]
    for schema in [node.value for node in nodes if _inherits_null(document.tree, node.value)]:
        schema["type"] = ["object", "null"]
    split = {
        components.reference(name)
        for name, schema in schemas.items()
        if stands_alone(schema) and split_null(schema)
    }
    if not split:
        return
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


def _inherits_null(tree: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether a schema that says no type of its own is an object or null by its parts."""
    found = parts(tree, schema)
    said = [part["type"] for part in found if "type" in part]
    return (
        "type" not in schema
        and stands_alone(schema)
        and bool(said)
        and not any(_may_refuse_null(tree, part) for part in found)
        and all(set(types) == {"object", "null"} for types in said)
    )


def _may_refuse_null(tree: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether a schema says more than types of which values it takes."""
    nothing_fits = any(follow(tree, part) is False for part in schema.get("allOf", ()))
    return nothing_fits or not _CHOOSING.isdisjoint(schema)


def stands_alone(schema: Any) -> bool:
    """Whether a schema has fields or parts of its own, so that it needs a name."""
    return isinstance(schema, dict) and (
        bool(schema.get("properties")) or len(schema.get("allOf", ())) > 1
    )


def split_null(schema: dict[str, Any]) -> bool:
    """Take null away from the types of a schema; whether the schema took it."""
    types = schema.get("type")
    if not isinstance(types, list) or "null" not in types or len(types) == 1:
        return False
    kept = [name for name in types if name != "null"]
    schema["type"] = kept[0] if len(kept) == 1 else kept
    # Beside `enum` or `const`, null must be among the values, too.
    return None in schema.get("enum", [schema.get("const")])


def or_null(reference: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to, or null; what is said beside the reference is kept beside both."""
    beside = {key: value for key, value in reference.items() if key != "$ref"}
    return {"anyOf": [{"$ref": reference["$ref"]}, {"type": "null"}], **beside}
