"""A parent schema whose heirs inherit it and its discriminator becomes a union of the heirs.

Each heir then pins its own tag by `const`, and what they shared moves to `<Parent>Base`, so that
no type contains itself. A parent that has a `oneOf` or `anyOf` already is left as it is.
(OAS 3.2 §4.25.4)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document import components
from specloom.names import free_component

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.document.load import Document


def run(document: Document) -> None:
    """Rewrite every such parent in place."""
    schemas = document.tree.get("components", {}).get("schemas", {})
    for name in list(schemas):
        if _is_parent(schemas[name]):
            tags = _tags(schemas, name)
            if tags:
                _rewrite(document, schemas, name, tags)


def _is_parent(schema: Any) -> bool:
    return (
        isinstance(schema, dict)
        and isinstance(schema.get("discriminator"), dict)
        and not ({"oneOf", "anyOf"} & schema.keys())
    )


def _tags(schemas: dict[str, Any], parent: str) -> dict[str, list[str]]:
    """For each component that inherits the parent, directly or not, the tags that stand for it.

    A parent that the mapping names itself is among them.
    """
    tags: dict[str, list[str]] = {}
    for tag, target in schemas[parent]["discriminator"].get("mapping", {}).items():
        tags.setdefault(components.name_of(target) or target, []).append(tag)
    heirs = _heirs(schemas, parent)
    themselves = [parent] if heirs and parent in tags else []
    return {name: tags.get(name, [name]) for name in (*themselves, *heirs)}


def _heirs(schemas: dict[str, Any], parent: str) -> list[str]:
    found: list[str] = []
    pending = [parent]
    while pending:
        heirs = [name for name in _inheriting(schemas, pending.pop(0)) if name not in found]
        found += heirs
        pending += heirs
    return [name for name in schemas if name in found and name != parent]


def _inheriting(schemas: dict[str, Any], parent: str) -> list[str]:
    return [name for name in schemas if any(_parts(schemas[name], parent))]


def _parts(schema: Any, parent: str) -> Iterable[dict[str, Any]]:
    """The parts of a schema's `allOf` that refer to the parent."""
    parts = schema.get("allOf", ()) if isinstance(schema, dict) else ()
    wanted = components.reference(parent)
    return (part for part in parts if isinstance(part, dict) and part.get("$ref") == wanted)


def _rewrite(
    document: Document, schemas: dict[str, Any], parent: str, tags: dict[str, list[str]]
) -> None:
    discriminator = schemas[parent]["discriminator"]
    described = {key: schemas[parent][key] for key in ("description",) if key in schemas[parent]}
    shared = {key: value for key, value in schemas[parent].items() if key != "discriminator"}
    base = _move(document, parent, shared)
    members: dict[str, list[str]] = {}
    for name, values in tags.items():
        pin = _pin(discriminator["propertyName"], values)
        if name == parent:
            members[_add(document, parent, parent + "Self", _inherit(base, pin))] = values
            continue
        members[name] = values
        if _inheriting(schemas, name):
            schemas[name] = _inherit(_move(document, name, schemas[name]), pin)
        else:
            schemas[name]["allOf"].append(pin)
    mapping = {
        value: components.reference(name) for name, values in members.items() for value in values
    }
    schemas[parent] = described | {
        "oneOf": [{"$ref": components.reference(name)} for name in members],
        "discriminator": discriminator | {"mapping": mapping},
    }


def _move(document: Document, name: str, shared: dict[str, Any]) -> str:
    """Keep what heirs share in a component of its own, and let them inherit that."""
    schemas = document.tree["components"]["schemas"]
    base = _add(document, name, name + "Base", shared)
    for schema in schemas.values():
        for part in _parts(schema, name):
            part["$ref"] = components.reference(base)
    return base


def _add(document: Document, origin: str, wanted: str, schema: dict[str, Any]) -> str:
    schemas = document.tree["components"]["schemas"]
    name = free_component(wanted, schemas)
    schemas[name] = schema
    document.origins[components.place(name)] = document.origin(components.place(origin))
    return name


def _inherit(base: str, pin: dict[str, Any]) -> dict[str, Any]:
    return {"allOf": [{"$ref": components.reference(base)}, pin]}


def _pin(tag: str, values: list[str]) -> dict[str, Any]:
    pinned = {"const": values[0]} if len(values) == 1 else {"enum": values}
    return {"type": "object", "properties": {tag: {"type": "string"} | pinned}, "required": [tag]}
