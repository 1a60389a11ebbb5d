"""Normalized component schemas into a document that datamodel-code-generator reads as we mean it.

Components stand under the names of their classes. What it would obey, but no document may say, and
what pydantic could not build goes; a format whose Python type would respell a value is given ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.components import reference
from specloom.document.copied import copied
from specloom.document.references import follow, is_reference
from specloom.document.walk import Node, below
from specloom.formats import runtime_type
from specloom.text import printable

from .bounds import drop_unbuildable
from .defaults import fits
from .heirs import straighten
from .maps import part_map
from .plain import say_plainly
from .tags import tags_of
from .values import list_values

if TYPE_CHECKING:
    from specloom.ir import Model

# What says which values are valid, or documents them. Not a keyword more: datamodel-code-generator
# obeys some of its own (`customTypePath`, `default_factory`, `x-python-import`, …), by which a
# document could choose what is imported and run.
_KEYWORDS: Final = frozenset(
    {
        "$ref", "type", "format", "const", "enum", "default", "title", "description", "deprecated",
        "readOnly", "writeOnly", "allOf", "anyOf", "oneOf", "discriminator",
        "properties", "required", "additionalProperties", "patternProperties", "propertyNames",
        "unevaluatedProperties", "minProperties", "maxProperties",
        "items", "prefixItems", "minItems", "maxItems", "uniqueItems",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern",
    }
)  # fmt: skip
# Any other format leaves the wire's text or number as it is: a Python type could respell it.
_KEPT_FORMATS: Final = ("binary", "date")
# They describe a text without changing its type.
_TEXTS: Final = {"title", "description"}
_UNIONS: Final = ("oneOf", "anyOf")
_BESIDE_REFERENCE: Final = {
    "$ref", "default", "deprecated", "readOnly", "writeOnly", *_TEXTS,
}  # fmt: skip


def models_input(tree: dict[str, Any], models: tuple[Model, ...], package: str) -> dict[str, Any]:
    """A document of the components alone, under the names of their classes."""
    classes = {model.component: model.class_name for model in models}
    found = tree["components"]["schemas"]
    schemas = {name: copied(found[name]) for name in sorted(found)}
    for schema in _schemas(schemas):
        say_plainly(schema, tree)
    for schema in list(_schemas(schemas)):
        _describe_fields(schema, tree)
        if "default" in schema and not fits(tree, schema, schema["default"]):
            del schema["default"]
        if "discriminator" in schema:
            _keep_tags(schema, tree)
        drop_unbuildable(schema)
        _say_simply(schema)
    straighten(schemas, tree)
    references = {reference(name): reference(renamed) for name, renamed in classes.items()}
    _deprecate_fields_alone(schemas)
    for schema in _schemas(schemas):
        _prepare(schema, references, package)
    # Read as 3.1, which differs from 3.2 in nothing that a schema says.
    return {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "0"},
        "paths": {},
        "components": {"schemas": {classes[name]: schema for name, schema in schemas.items()}},
    }


def _schemas(schemas: dict[str, Any]) -> list[dict[str, Any]]:
    """All schemas that are objects, those within others included."""
    top = Node("components", "", {"schemas": schemas})
    return [node.value for node in below(top) if node.kind == "schema" and _is_dict(node.value)]


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict)


def _describe_fields(schema: dict[str, Any], tree: dict[str, Any]) -> None:
    """Say of a field without a description what its component says of itself."""
    for field in schema.get("properties", {}).values():
        if is_reference(field) and "description" not in field:
            target = follow(tree, field)
            if isinstance(target, dict) and "description" in target:
                field["description"] = target["description"]


def _keep_tags(schema: dict[str, Any], tree: dict[str, Any]) -> None:
    """Drop a discriminator by which pydantic could not tell the members of a union apart."""
    members: list[Any] = next((schema[key] for key in _UNIONS if key in schema), [])
    tag = schema["discriminator"].get("propertyName")
    found = [tags_of(tree, member, tag) for member in members]
    told = [value for values in found for value in values]
    if not all(found) or len(found) < 2 or len(told) != len(set(told)):  # noqa: PLR2004
        del schema["discriminator"]


def _say_simply(schema: dict[str, Any]) -> None:
    """Replace what would come out as something else than is meant."""
    if "properties" in schema:
        for key in _UNIONS:
            if key in schema and not any(_adds_fields(part, schema) for part in schema[key]):
                # It constrains the fields that are there: one class, not one an alternative.
                del schema[key]
    if "$ref" in schema:
        for keyword in schema.keys() - _BESIDE_REFERENCE:
            del schema[keyword]
    if "allOf" in schema:
        schema["allOf"] = [part for part in schema["allOf"] if isinstance(part, dict)]
    part_map(schema)
    list_values(schema)


def _adds_fields(part: Any, schema: dict[str, Any]) -> bool:
    return isinstance(part, dict) and (
        bool({"$ref", "allOf", *_UNIONS} & part.keys())
        or bool(part.get("properties", {}).keys() - schema["properties"].keys())
    )


def _prepare(schema: dict[str, Any], references: dict[str, str], package: str) -> None:
    """Rename what a schema refers to, and say which Python type its format is."""
    python_type = runtime_type(schema)
    for keyword in schema.keys() - _KEYWORDS:
        del schema[keyword]
    # The base class of all models allows what a schema does not forbid.
    if schema.get("additionalProperties") is True and "properties" in schema:
        del schema["additionalProperties"]
    if "$ref" in schema:
        schema["$ref"] = references.get(schema["$ref"], schema["$ref"])
    if "discriminator" in schema:
        schema["discriminator"] = _discriminator(schema["discriminator"], references)
    for keyword in _TEXTS & schema.keys():
        schema[keyword] = printable(schema[keyword])
    if python_type and "string" in _kinds(schema):
        schema["x-python-type"] = f"{package}._runtime.formats.{python_type}"
    if "x-python-type" in schema or schema.get("format") == "binary":
        # They are about the wire's text, and would be checked against the Python value; or about
        # a file, which is read only while it is sent.
        for keyword in ("pattern", "minLength", "maxLength"):
            schema.pop(keyword, None)
    if schema.get("format") not in _KEPT_FORMATS:
        schema.pop("format", None)


def _deprecate_fields_alone(schemas: dict[str, Any]) -> None:
    """Leave `deprecated` to fields, since an alias can't be so."""
    nodes = list(_schemas(schemas))
    fields = {id(field) for node in nodes for field in node.get("properties", {}).values()}
    for node in nodes:
        if id(node) not in fields:
            node.pop("deprecated", None)


def _discriminator(declared: dict[str, Any], references: dict[str, str]) -> dict[str, Any]:
    mapping = declared.get("mapping", {})
    renamed = {tag: references.get(target, target) for tag, target in mapping.items()}
    return {"propertyName": declared["propertyName"]} | ({"mapping": renamed} if renamed else {})


def _kinds(schema: dict[str, Any]) -> list[str]:
    kinds = schema.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]
