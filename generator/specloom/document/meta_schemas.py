"""A version of OpenAPI into what compares a tree with the specification's own schema.

The schemas are those that openapi-spec-validator ships. A Schema Object of 3.1 or 3.2 is judged by
the dialect that its own `$schema` names, or else the document's `jsonSchemaDialect`, or else
OpenAPI's (OAS 3.2 §4.24.7).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

_OPENAPI: Final = "resources/schemas/v{}/schema.json"
_PARTS: Final = (
    "schemas/oas3.1/metaschema.json",
    "schemas/oas3.1/vocabularies/base",
    "schemas/oas3.2/dialect/2025-09-17.json",
    "schemas/oas3.2/meta/2025-09-17.json",
)
_3_1: Final = "https://spec.openapis.org/oas/3.1/dialect/base"
_3_2: Final = "https://spec.openapis.org/oas/3.2/dialect/2025-09-17"
_2020: Final = "https://json-schema.org/draft/2020-12/schema"
_JUDGES: Final = {
    _3_1: _3_1,
    "https://spec.openapis.org/oas/3.1/dialect/2024-10-25": _3_1,
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10": _3_1,
    _3_2: _3_2,
    _2020: _2020,
}
"""The dialects of today, and the meta-schema that each is judged by."""

OTHER_DIALECT: Final = "a schema of another dialect"
"""What a schema that is to be judged by another dialect breaks: it is no such constant."""

DIALECTS: Final = {"3.1": _3_1, "3.2": _3_2}
"""The dialect of a version's Schema Objects."""


@cache
def validator(version: str, dialect: str | None = None) -> jsonschema_rs.Validator:
    """What compares trees of a version.

    Schemas that name no dialect are of `dialect`; without it, all are of the version's own.
    """
    openapi = _read("openapi_spec_validator", _OPENAPI.format(version))
    if version == "3.0":
        for keyword in ("allOf", "anyOf", "oneOf"):
            # It forgets what JSON Schema says (draft wright-00 §5.22 to §5.24).
            openapi["definitions"]["Schema"]["properties"][keyword]["minItems"] = 1
        return jsonschema_rs.Draft4Validator(openapi, mask="it")
    # Names of components may be any: a client's own are made of them.
    del openapi["$defs"]["components"]["patternProperties"]
    parts = [openapi, *(_read("openapi_schema_validator", part) for part in _PARTS)]
    draft = jsonschema_rs.Draft202012
    registry = jsonschema_rs.Registry([(part["$id"], part) for part in parts], draft=draft)
    # Its schema of schemas is a stand-in that a dialect takes the place of.
    judge = _by_dialect(dialect) if dialect else {"$ref": DIALECTS[version]}
    schema = {"$dynamicAnchor": "meta", **judge}
    combined = {"$ref": openapi["$id"], "$defs": {"schema": schema}}
    return jsonschema_rs.Draft202012Validator(combined, registry=registry, mask="it")


def _by_dialect(default: str) -> dict[str, Any]:
    """What a Schema Object must be: one that says `$schema` may be of any dialect."""
    choice: dict[str, Any] = {"const": OTHER_DIALECT}
    for name, judge in _JUDGES.items():
        named = {"type": "object", "required": ["$schema"], "properties": {"$schema": _is(name)}}
        choice = {"if": named, "then": {"$ref": judge}, "else": choice}
    own = _JUDGES.get(default.removesuffix("#"))
    plain = {"$ref": own} if own else {"const": OTHER_DIALECT}
    return {"if": {"type": "object", "required": ["$schema"]}, "then": choice, "else": plain}


def _is(name: str) -> dict[str, Any]:
    return {"enum": [name, f"{name}#"]}


def _read(package: str, path: str) -> dict[str, Any]:
    # Found without importing the package, which takes a second.
    found = find_spec(package)
    folders = found.submodule_search_locations if found else None
    read: dict[str, Any] = json.loads((Path((folders or [""])[0]) / path).read_text("utf-8"))
    return read


@cache
def field_names(version: str) -> frozenset[str]:
    """The names of all fields that a version's objects have, less those of schemas in 3.1 on."""
    found: set[str] = set()
    pending: list[Any] = [_read("openapi_spec_validator", _OPENAPI.format(version))]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            named = part.get("properties")
            found.update(named if isinstance(named, dict) else ())
            pending += part.values()
        elif isinstance(part, list):
            pending += part
    return frozenset(found)
