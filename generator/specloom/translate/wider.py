"""The normalized schemas into diagnostics: whose Python type is wider than the values they take.

Only looks, and only at types: bounds and conditions that no type can say are left to the server.
Components become models; what stands in an operation becomes what `types` says of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.components import SCHEMAS
from specloom.document.pointer import escape
from specloom.document.walk import Node, children, operations_of, path_items

from .rules import WIDENED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diagnostics import Collector
    from specloom.document.load import Document

    from .types import Types

_Place = tuple[str, Any, bool]
"""A schema after its pointer, and whether a model is made of it."""

# What of a schema becomes a part of its type.
_WHOLE: Final = ("items", "additionalProperties")
_LISTED: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED: Final = ("properties", "patternProperties")
# Of an operation; what stands in headers and callbacks has no type in the client.
_HOLDING: Final = {"parameter", "request-body", "response", "media-type", "schema"}
_UNLISTED: Final[dict[type, str]] = {
    float: "fractions", int: "integers beyond 64 bits", dict: "objects", list: "arrays",
}  # fmt: skip
_BEYOND: Final = 2**63  # mypy takes no such literal


def report(document: Document, types: Types, collector: Collector) -> None:
    """Say of each such schema what its type leaves out, once where several copies came from."""
    said = set[tuple[str, str]]()
    for pointer, schema, in_model in _schemas(document.tree):
        loss = _loss(schema, types, in_model=in_model)
        if not loss:
            continue
        source, written = document.origin(pointer)
        if (source.file, written) not in said:
            said.add((source.file, written))
            collector.add(WIDENED, loss, document.locate(pointer))


def _schemas(tree: dict[str, Any]) -> Iterator[_Place]:
    """The schemas that become types, and those that become parts of their types."""
    pending = [*_in_components(tree), *_in_operations(tree)]
    while pending:
        place = pending.pop()
        yield place
        pending += _within(*place)


def _in_components(tree: dict[str, Any]) -> Iterator[_Place]:
    for name, schema in tree.get("components", {}).get("schemas", {}).items():
        yield f"{SCHEMAS}/{escape(name)}", schema, True


def _in_operations(tree: dict[str, Any]) -> Iterator[_Place]:
    pending: list[Node] = [node for item in path_items(tree) for node in operations_of(item)]
    while pending:
        for node in children(pending.pop()):
            if node.kind == "schema":
                yield node.pointer, node.value, False
            elif node.kind in _HOLDING:
                pending.append(node)


def _within(pointer: str, schema: Any, in_model: bool) -> Iterator[_Place]:  # noqa: FBT001 - of a tuple
    if not isinstance(schema, dict) or "$ref" in schema:
        return
    for keyword in _WHOLE:
        # False there says that there is none.
        if schema.get(keyword):
            yield f"{pointer}/{keyword}", schema[keyword], in_model
    for keyword in _LISTED:
        # A part that no value fits takes nothing from the others of a union.
        for at, part in enumerate(schema.get(keyword, ())):
            if part is not False:
                yield f"{pointer}/{keyword}/{at}", part, in_model
    for keyword in _NAMED:
        for name, part in schema.get(keyword, {}).items():
            if part is not False or keyword == "properties":
                yield f"{pointer}/{keyword}/{escape(name)}", part, in_model


def _loss(schema: Any, types: Types, *, in_model: bool) -> str | None:
    if schema is False:
        return "no value fits it, but its type is `Any`"
    if not isinstance(schema, dict):
        return None
    return (
        _loss_of_values(schema, types, in_model=in_model)
        or _loss_of_tuple(schema, in_model=in_model)
        or _loss_of_names(schema, in_model=in_model)
    )


def _loss_of_values(schema: dict[str, Any], types: Types, *, in_model: bool) -> str | None:
    """What becomes of a list of values that can't be literals of Python."""
    if "enum" not in schema and "const" not in schema:
        return None
    values = schema.get("enum", [schema.get("const")])
    unlisted = next((value for value in values if not _is_literal(value)), None)
    if values and unlisted is None and "$ref" not in schema:
        return None
    said = {key: schema[key] for key in schema.keys() - {"enum", "const"}}
    # Only a model is made of what is said beside the values.
    kept = said if in_model or "$ref" in said else {}
    is_object = kept.get("type") == "object" or "properties" in kept
    typed = "any object" if is_object else f"`{types.read(kept)}`"
    return f"{_named(schema, unlisted)} is typed as {typed}"


def _named(schema: dict[str, Any], unlisted: Any) -> str:
    if unlisted is not None:
        keyword = "an enum" if "enum" in schema else "a const"
        return f"{keyword} of {_UNLISTED[type(unlisted)]}"
    return "an enum beside a `$ref`" if "$ref" in schema else "an empty enum"


def _is_literal(value: Any) -> bool:
    if isinstance(value, int):
        return -_BEYOND <= value < _BEYOND
    return value is None or isinstance(value, str)


def _loss_of_tuple(schema: dict[str, Any], *, in_model: bool) -> str | None:
    if "prefixItems" not in schema or not _may_be_array(schema):
        return None
    if in_model and schema.get("minItems", 0) == schema.get("maxItems"):
        return None
    beyond = schema.get("items", True)
    items = [*schema["prefixItems"], *([] if beyond is False else [beyond])]
    alike = all((item or True) == (items[0] or True) for item in items)
    return None if alike else "a tuple is typed as a list"


def _may_be_array(schema: dict[str, Any]) -> bool:
    return "type" not in schema or "array" in schema["type"]


def _loss_of_names(schema: dict[str, Any], *, in_model: bool) -> str | None:
    """What becomes of fields that have a type, but no names."""
    if "$ref" in schema:
        return None
    by_pattern = schema.get("patternProperties", {}).values()
    if any(map(_says, by_pattern)) and ("properties" in schema or not in_model):
        return "what `patternProperties` names is typed as `Any`"
    if _says(schema.get("unevaluatedProperties")):
        return "what `unevaluatedProperties` is about is typed as `Any`"
    return None


def _says(schema: Any) -> bool:
    return isinstance(schema, dict) and bool(schema)
