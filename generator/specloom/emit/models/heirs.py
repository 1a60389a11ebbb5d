"""What a component inherits, so that Python can inherit it: in order, once, without circles.

A class may narrow what its base says of a field, but not say something else (mypy's `assignment`
and `misc`): one that does is a class of its own, with all fields.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

from specloom.document.components import name_of
from specloom.document.objects import parts, properties, required
from specloom.document.references import follow, is_reference

_TEXTS: Final = {
    "title", "description", "example", "examples", "default", "deprecated", "readOnly", "writeOnly",
}  # fmt: skip
_MERGED: Final = {"allOf", "properties", "required", "type", *_TEXTS}


def straighten(schemas: dict[str, Any], tree: dict[str, Any]) -> None:
    """Rewrite such components in place; `tree` is what they were copied from."""
    for name, schema in schemas.items():
        if isinstance(schema, dict) and "allOf" in schema:
            schema["allOf"] = [_whole(part, schemas) for part in schema["allOf"]]
            _inherit_once(name, schema, schemas)
    for name, schema in schemas.items():
        if isinstance(schema, dict) and "allOf" in schema:
            _yield_to_unions(schema, tree)
            if _contradicts(tree, name):
                _flatten(schema, schemas)


def _whole(part: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """A part, which names no component that is only another name for one."""
    seen = set[str]()
    while (base := _base(part)) and base not in seen and is_reference(schemas.get(base)):
        seen.add(base)
        part = schemas[base]
    return dict(part)


def _inherit_once(name: str, schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Drop what is inherited anyhow, or leads back here."""
    bases = [_base(part) for part in schema["allOf"]]
    above = {base: _ancestors(base, schemas) for base in bases if base}
    redundant = {base for base in above if name in {base, *above[base]}}
    redundant |= {base for base in above if any(base in above[other] - {other} for other in above)}
    seen = set[str]()
    kept = []
    for base, part in zip(bases, schema["allOf"], strict=True):
        if base not in redundant | seen:
            kept.append(part)
        if base:
            seen.add(base)
    schema["allOf"] = kept
    if not kept:
        del schema["allOf"]
        schema.setdefault("type", "object")


def _yield_to_unions(schema: dict[str, Any], tree: dict[str, Any]) -> None:
    """Drop a field that the members of a union beside it have, and say something else of."""
    wholes = [follow(tree, part) for part in schema["allOf"]]
    members = [
        _fields(tree, member)
        for whole in wholes
        if isinstance(whole, dict)
        for key in ("oneOf", "anyOf")
        for member in whole.get(key, ())
    ]
    for part in schema["allOf"]:
        said = _fields(tree, {key: part[key] for key in ("properties", "required") if key in part})
        for name, field in said.items():
            if any(found.get(name, field) != field for found in members):
                del part["properties"][name]


def _fields(tree: dict[str, Any], schema: Any) -> dict[str, tuple[bool, Any]]:
    """Of each field whether it is required, and what is said of its value."""
    needed = required(tree, schema)
    return {
        name: (name in needed, _bare(field)) for name, field in properties(tree, schema).items()
    }


def _ancestors(name: str, schemas: dict[str, Any]) -> set[str]:
    """What a component inherits from, also through others."""
    found: set[str] = set()
    pending = [name]
    while pending:
        schema = schemas.get(pending.pop())
        parts = schema.get("allOf", ()) if isinstance(schema, dict) else ()
        bases = {base for part in parts if (base := _base(part))} - found
        found |= bases
        pending += bases
    return found


def _base(part: Any) -> str | None:
    """The component that a part of an `allOf` is, if it is one."""
    return name_of(part["$ref"]) if is_reference(part) else None


def _contradicts(tree: dict[str, Any], name: str) -> bool:
    whole = parts(tree, tree["components"]["schemas"][name])
    if any({"oneOf", "anyOf"} & part.keys() for part in whole):
        return False
    said: dict[str, list[Any]] = {}
    for part in whole:
        for field, schema in part.get("properties", {}).items():
            said.setdefault(field, []).append(schema)
    return any(
        not _narrows(tree, before, after)
        for schemas in said.values()
        for before, after in pairwise(schemas)
    )


def _narrows(tree: dict[str, Any], before: Any, after: Any) -> bool:
    if _bare(before) == _bare(after):
        return True
    before, after = follow(tree, before), follow(tree, after)
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    narrowed = _bare(after) | ({} if "type" in after else {"type": before.get("type")})
    fewer = {key: value for key, value in narrowed.items() if key not in {"enum", "const"}}
    return bool(fewer == _bare(before))


def _bare(schema: Any) -> Any:
    """What a schema says of a value."""
    if not isinstance(schema, dict):
        return schema
    return {key: value for key, value in schema.items() if key not in _TEXTS}


def _flatten(schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    own = {key: value for key, value in schema.items() if key not in _MERGED - _TEXTS}
    # The copies, in which fields are as they are to be.
    copied = {"components": {"schemas": schemas}}
    whole = {
        "type": "object",
        "properties": properties(copied, schema),
        "required": sorted(required(copied, schema)),
    }
    schema.clear()
    schema.update(own | whole)
