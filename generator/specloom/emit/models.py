"""Normalized component schemas into the text of a module of pydantic models.

The only importer of datamodel-code-generator. Names are the IR's; formats whose Python type would
respell a value become the runtime's types, which keep the wire's text. Knows no operations.
"""

from __future__ import annotations

import ast
import copy
import re
import warnings
from contextlib import redirect_stderr
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from datamodel_code_generator import (
    DanglingRefWarning,
    Formatter,
    InputFileType,
    LiteralType,
    OpenAPIScope,
    PythonVersion,
    generate,
)
from datamodel_code_generator.enums import DataModelType

from specloom.document.components import reference
from specloom.document.references import follow, is_reference
from specloom.document.walk import walk
from specloom.formats import runtime_type
from specloom.text import printable

if TYPE_CHECKING:
    from specloom.ir import Model

_HEADER: Final = '"""The models of the API\'s components."""'
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
_MERGED: Final = ("allOf", "anyOf", "oneOf", "prefixItems")


class ModelsError(Exception):
    """The models could not be made as the IR names them: a bug of the generator."""


def render_models(tree: dict[str, Any], models: tuple[Model, ...], package: str) -> str:
    """The text of `models.py`; raises ModelsError if a model is not called as the IR says."""
    if not models:
        return _HEADER + "\n"
    text = _generate(_input(tree, models, package), models, package)
    _check(text, models)
    # A field stands with its docstring; a blank line after each would double the page.
    return re.sub(r'"""\n\n+(?=    \w)', '"""\n', text)


def _generate(document: dict[str, Any], models: tuple[Model, ...], package: str) -> str:
    """What datamodel-code-generator makes, its warnings kept from the user's terminal."""
    with warnings.catch_warnings(), redirect_stderr(StringIO()):
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", DanglingRefWarning)
        try:
            text = _call(document, models, package)
        except DanglingRefWarning as warning:
            raise ModelsError(str(warning)) from None
    if not isinstance(text, str):
        raise ModelsError("the models did not come as one module")
    return text


def _call(document: dict[str, Any], models: tuple[Model, ...], package: str) -> object:
    return generate(
        document,
        input_file_type=InputFileType.OpenAPI,
        openapi_scopes=[OpenAPIScope.Schemas],
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        base_class=f"{package}._runtime.model.Model",
        aliases=_aliases(models),
        custom_class_name_generator=str,
        custom_file_header=_HEADER,
        formatters=list[Formatter](),
        enum_field_as_literal=LiteralType.All,
        field_constraints=True,
        keep_model_order=True,
        strict_nullable=True,
        treat_dot_as_module=False,
        use_annotated=True,
        use_double_quotes=True,
        use_inline_field_description=True,
        use_field_description=True,
        use_schema_description=True,
        use_single_line_docstring=True,
        use_standard_collections=True,
        use_type_alias=True,
        use_union_operator=True,
    )


def _input(tree: dict[str, Any], models: tuple[Model, ...], package: str) -> dict[str, Any]:
    """A document of the components alone, under the names of their classes."""
    classes = {model.component: model.class_name for model in models}
    schemas = copy.deepcopy(tree["components"]["schemas"])
    # Read as 3.1, which differs from 3.2 in nothing that a schema says.
    document = {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "0"},
        "paths": {},
        "components": {"schemas": {classes[name]: schema for name, schema in schemas.items()}},
    }
    nodes = [node.value for node in walk(document) if node.kind == "schema"]
    for schema in nodes:
        if isinstance(schema, dict):
            _describe_fields(schema, tree)
            if schema.get("default") is not None:
                _drop_respelled(schema, tree)
    references = {reference(name): reference(renamed) for name, renamed in classes.items()}
    for node in walk(document):
        if node.kind == "schema" and isinstance(node.value, dict):
            _prepare(node.value, references, package)
    return document


def _describe_fields(schema: dict[str, Any], tree: dict[str, Any]) -> None:
    """Say of a field without a description what its component says of itself."""
    for field in schema.get("properties", {}).values():
        if is_reference(field) and "description" not in field:
            target = follow(tree, field)
            if isinstance(target, dict) and "description" in target:
                field["description"] = target["description"]


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
        # They are about the wire's text, and would be checked against the Python value.
        for keyword in ("pattern", "minLength", "maxLength"):
            schema.pop(keyword, None)
    if schema.get("format") not in _KEPT_FORMATS:
        schema.pop("format", None)


def _discriminator(declared: dict[str, Any], references: dict[str, str]) -> dict[str, Any]:
    mapping = declared.get("mapping", {})
    renamed = {tag: references.get(target, target) for tag, target in mapping.items()}
    return {"propertyName": declared["propertyName"]} | ({"mapping": renamed} if renamed else {})


def _drop_respelled(schema: dict[str, Any], tree: dict[str, Any]) -> None:
    """Drop a default that is the wire's text where the field holds a Python value."""
    pending: list[Any] = [schema]
    seen: set[int] = set()
    while pending:
        part = follow(tree, pending.pop())
        if not isinstance(part, dict) or id(part) in seen:
            continue
        seen.add(id(part))
        if runtime_type(part) or part.get("format") in _KEPT_FORMATS:
            del schema["default"]
            return
        pending += [part.get("items"), *(inner for key in _MERGED for inner in part.get(key, ()))]


def _kinds(schema: dict[str, Any]) -> list[str]:
    kinds = schema.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


def _aliases(models: tuple[Model, ...]) -> dict[str, str | list[str]]:
    return {
        f"{model.class_name}.{wire}": name
        for model in models
        for wire, name in model.fields
        if wire != name
    }


def _check(text: str, models: tuple[Model, ...]) -> None:
    """See that every class stands there under its name."""
    defined: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign):
            defined |= {name.id for name in node.targets if isinstance(name, ast.Name)}
    missing = {model.class_name for model in models} - defined
    if missing:
        raise ModelsError(f"no model came out as {', '.join(sorted(missing))}")
