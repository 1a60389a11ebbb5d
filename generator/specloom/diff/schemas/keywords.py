"""One schema's own keywords into what they ask of each type; its parts are left as pointers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.value_text import text_of

from .conditions import conditions
from .form import TYPES, Fact, Form, Slot
from .ranges import is_number, number_range, settled
from .values import type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.diff.side import Side

NUMBER_FORMATS: Final = frozenset(
    {
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "sf-integer",
        "double-int", "float", "double", "decimal128",
    }
)  # fmt: skip
# What 3.0 calls `byte` is a `contentEncoding` since 3.1 ("Migrating Binary Descriptions").
_BYTE: Final = "byte"
_BASE64: Final = "base64"
_NOTES: Final[tuple[str, ...]] = (
    "default", "deprecated", "readOnly", "writeOnly", "x-extensible-enum", "discriminator",
)  # fmt: skip


def own(side: Side, pointer: str, schema: dict[str, Any]) -> Form:
    """What a schema asks without its references and combinators."""
    types = _types(schema)
    slots = {name: settled(name, slot) for name, slot in _slots(side, pointer, schema, types)}
    notes = {name: Fact(schema[name], f"{pointer}/{name}") for name in _NOTES if name in schema}
    if "discriminator" in notes and (heirs := side.all_heirs(pointer)):
        notes["heirs"] = Fact(heirs, notes["discriminator"].pointer)
    allowed = {name: slot for name, slot in slots.items() if slot is not None}
    return Form(pointer, allowed, notes)


def _types(schema: dict[str, Any]) -> dict[str, bool]:
    """The types that a schema lists; whether numbers may be integers only."""
    listed = schema.get("type", TYPES)
    listed = [listed] if isinstance(listed, str) else listed
    if not isinstance(listed, list | tuple):
        listed = TYPES
    names = ("number" if name == "integer" else name for name in listed)
    whole = "number" not in listed
    return {name: name == "number" and whole for name in names if name in TYPES}


def _slots(
    side: Side, pointer: str, schema: dict[str, Any], types: dict[str, bool]
) -> Iterator[tuple[str, Slot]]:
    common = {
        keyword: Fact(value, f"{pointer}/{keyword}")
        for keyword, value in conditions(side, pointer, schema)
    }
    values = _values(schema)
    for name, is_integer in types.items():
        slot: Slot = dict(common)
        if values is not None:
            keyword = "const" if "const" in schema else "enum"
            texts = frozenset(text for text, value in values.items() if type_of(value) == name)
            slot["enum"] = Fact(texts, f"{pointer}/{keyword}")
        if is_integer:
            slot["integer"] = Fact(True, f"{pointer}/type")  # noqa: FBT003 -- a fact's value
        for keyword, value in _READERS[name](side, pointer, schema):
            slot[keyword] = Fact(value, f"{pointer}/{_spelt(keyword, schema)}")
        yield name, slot


def _values(schema: dict[str, Any]) -> dict[str, Any] | None:
    """The values that a schema lists, by their texts."""
    found = None
    if isinstance(schema.get("enum"), list):
        found = {text_of(value): value for value in schema["enum"]}
    if "const" in schema:
        text = text_of(schema["const"])
        found = {text: schema["const"]} if found is None or text in found else {}
    return found


def _nothing(_side: Side, _pointer: str, _schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ()


def _number(_side: Side, _pointer: str, schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from number_range(schema)
    multiple = schema.get("multipleOf")
    if multiple is not None and is_number(multiple) and multiple > 0:
        yield "multipleOf", frozenset({multiple})
    named = schema.get("format")
    if isinstance(named, str) and named in NUMBER_FORMATS:
        yield "format", frozenset({named})


def _string(side: Side, pointer: str, schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from _counts(schema, "minLength", "maxLength")
    if _says(schema.get("contentSchema")):
        yield "contentSchema", (side.child(pointer, "contentSchema"),)
    for keyword in ("pattern", "contentMediaType"):
        if isinstance(schema.get(keyword), str):
            yield keyword, frozenset({schema[keyword]})
    named, encoding = schema.get("format"), schema.get("contentEncoding")
    if named == _BYTE and encoding in {None, _BASE64}:
        yield "contentEncoding", frozenset({_BASE64})
        return
    if isinstance(encoding, str):
        yield "contentEncoding", frozenset({encoding})
    if isinstance(named, str) and named not in NUMBER_FORMATS:
        yield "format", frozenset({named})


def _array(side: Side, pointer: str, schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from _counts(schema, "minItems", "maxItems")
    if schema.get("uniqueItems") is True:
        yield "uniqueItems", True
    prefix = schema.get("prefixItems")
    if isinstance(prefix, list) and prefix:
        places = range(len(prefix))
        yield "prefixItems", tuple((side.child(pointer, "prefixItems", at),) for at in places)
    if _says(schema.get("items")):
        yield "items", (side.child(pointer, "items"),)


def _object(side: Side, pointer: str, schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from _counts(schema, "minProperties", "maxProperties")
    required = schema.get("required")
    if isinstance(required, list) and required:
        yield "required", frozenset(name for name in required if isinstance(name, str))
    for keyword in ("properties", "patternProperties"):
        named = schema.get(keyword)
        if isinstance(named, dict) and named:
            yield keyword, {name: (side.child(pointer, keyword, name),) for name in named}
    if _says(schema.get("propertyNames")):
        yield "propertyNames", (side.child(pointer, "propertyNames"),)
    # What `additionalProperties` looks at counts as evaluated (JSON Schema 2020-12 §11.3).
    if "additionalProperties" not in schema and _says(schema.get("unevaluatedProperties")):
        yield "unevaluatedProperties", (side.child(pointer, "unevaluatedProperties"),)
    if _says(schema.get("additionalProperties")):
        named = schema.get("patternProperties")
        patterns = frozenset(named if isinstance(named, dict) else ())
        yield "rest", {patterns: (side.child(pointer, "additionalProperties"),)}


def _spelt(keyword: str, schema: dict[str, Any]) -> str:
    """The keyword of the document that says what one here does."""
    if keyword == "contentEncoding" and keyword not in schema:
        return "format"
    return "additionalProperties" if keyword == "rest" else keyword


_READERS: Final[dict[str, Callable[[Side, str, dict[str, Any]], Iterator[tuple[str, Any]]]]] = {
    "null": _nothing,
    "boolean": _nothing,
    "number": _number,
    "string": _string,
    "array": _array,
    "object": _object,
}


def _counts(schema: dict[str, Any], least: str, most: str) -> Iterator[tuple[str, Any]]:
    if is_number(schema.get(least)) and schema[least] > 0:
        yield least, schema[least]
    if is_number(schema.get(most)):
        yield most, schema[most]


def _says(schema: Any) -> bool:
    """Whether a schema asks for anything."""
    return schema is False or (isinstance(schema, dict) and bool(schema))
