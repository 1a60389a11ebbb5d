"""Schemas that are odd in one way each, by the name of the component that has it."""

from __future__ import annotations

from typing import Any


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def tagged(tag: Any) -> dict[str, Any]:
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"const": tag}}}


TEXT: dict[str, Any] = {"type": "string"}
SHORT: dict[str, Any] = {"type": "string", "maxLength": 3}

NAMED = {
    "Model": obj(a=ref("Any")),
    "Any": obj(x={}),
    "Dict": {"type": "object", "additionalProperties": ref("Field")},
    "Field": obj(x=TEXT),
    "None": obj(a={"type": "null"}),
    "import": obj(**{"class": ref("import"), "def": TEXT}),
    "a.b": obj(x=ref("a-b")),
    "a-b": obj(x=ref("a.b")),
    "FOO": obj(x=ref("Foo")),
    "Foo": obj(x=ref("foo")),
    "foo": obj(),
    "3d": obj(),
    "名": obj(名=ref("名")),
    "Shadow": obj(
        date={"type": "string", "format": "date"},
        day={"type": "string", "format": "date"},
        list={"type": "array", "items": SHORT},
        input={"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
        annotations={"type": "array", "items": SHORT},
        str=TEXT,
        models=ref("Foo"),
        Foo=ref("Foo"),
        Any={},
        **{"_x": TEXT, "__class__": TEXT, "a b": TEXT, "$ref": TEXT, "": TEXT},
    ),
}
VALUES = {
    "EmptyEnum": {"enum": []},
    "MixedEnum": {"enum": ["a", 1, None, True, 2.5]},
    "TwiceEnum": {"type": "string", "enum": ["a", "a", "b"], "deprecated": True},
    "TwoEnums": {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}]},
    "BigEnum": {"type": "integer", "enum": [2**70, -(2**65)]},
    "ConstObject": {"const": {"a": 1}},
    "ConstFloat": {"const": 1.5},
    "True": True,
    "False": False,
    "Bounds": obj(
        most={"type": "string", "maxLength": 10**20},
        big={"type": "integer", "maximum": 2**70},
        ahead={"type": "string", "pattern": "^(?=a)"},
        letters={"type": "string", "pattern": "\\p{L}+"},
        slash={"type": "string", "pattern": "a\\/b"},
        broken={"type": "string", "pattern": "("},
        either={"type": ["string", "integer", "null"], "maxLength": 3, "minimum": 1},
        nested={"type": "array", "items": {"type": "array", "items": SHORT, "maxItems": 2}},
        file={"type": "string", "format": "binary", "maxLength": 3},
    ),
    "Defaults": obj(
        whole={**ref("Bounds"), "default": {}},
        several={"type": "array", "items": TEXT, "default": ["x"]},
        none={"type": "integer", "default": None},
        wrong={"type": "integer", "default": "x"},
        other={"type": "string", "enum": ["a"], "default": "b"},
        kept={"type": "integer", "default": 3},
    ),
    "Names": {"type": "object", "propertyNames": {"pattern": "\\p{L}"}},
    "Patterns": {"type": "object", "patternProperties": {"^(?!x)": TEXT}},
    "Typed": {**obj(a=TEXT), "additionalProperties": ref("Typed")},
    "Pair": {"type": "array", "prefixItems": [TEXT, ref("Bounds")]},
}
GRAPHS = {
    "List": {"type": "array", "items": ref("List")},
    "Json": {
        "anyOf": [
            TEXT,
            {"type": "object", "additionalProperties": ref("Json")},
            {"type": "array", "items": ref("Json")},
        ]
    },
    "Tree": obj(branches={"type": "array", "items": ref("Tree")}),
    "Shrub": {**ref("Tree"), "minProperties": 1},
    "CircleA": {"allOf": [ref("CircleB"), obj(a=TEXT)]},
    "CircleB": {"allOf": [ref("CircleA"), obj(b=TEXT)]},
    "Own": {"allOf": [ref("Own"), obj(b=TEXT)]},
    "Base": obj(x=TEXT, json={"type": "array", "items": ref("Json")}),
    "Heir": {"allOf": [ref("Base"), obj(z={"type": "integer"})]},
    "Alias": ref("Base"),
    "HeirOfAlias": {"allOf": [ref("Alias"), obj(z={"type": "integer"})]},
    "WrongOrder": {"allOf": [ref("Base"), ref("Heir")]},
    "Contradicts": {"allOf": [ref("Base"), obj(x={"type": "integer"})]},
    "Narrows": {"allOf": [ref("Base"), obj(x={"type": "string", "const": "a"})]},
    "Nothing": {"allOf": [TEXT, False]},
    "Cat": tagged("cat"),
    "Dog": tagged("dog"),
    "Pet": {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}},
    "Untold": {"oneOf": [ref("Cat"), ref("Base")], "discriminator": {"propertyName": "kind"}},
    "NoObject": {"oneOf": [ref("Cat"), TEXT], "discriminator": {"propertyName": "kind"}},
    "Numbered": {"oneOf": [tagged(1), tagged(2)], "discriminator": {"propertyName": "kind"}},
    "Fed": {"allOf": [ref("Pet"), obj(kind={"type": "integer"}, food=TEXT)]},
    "Sitter": {"type": "object", "required": ["name"], "properties": {"name": TEXT}},
    "Sitters": {"oneOf": [ref("Sitter")]},
    "Named": {"allOf": [ref("Sitters"), obj(name=TEXT)]},
    "Deep": {"type": "array", "items": {"type": "array", "items": {"oneOf": [TEXT, ref("Pet")]}}},
    "Refined": {**obj(a=TEXT, b=TEXT), "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
    "Spaced": {"anyOf": [ref("Refined"), {"type": "string", "enum": ["a  b", "c"]}]},
    "Either": {**obj(a=TEXT), "oneOf": [obj(b=TEXT), obj(c=TEXT)]},
}
SCHEMAS: dict[str, Any] = NAMED | VALUES | GRAPHS
NUMBER: dict[str, Any] = {"type": "integer"}
EITHER = {"anyOf": [TEXT, NUMBER]}
# The type that each comes to, and the component.
TYPES: dict[str, tuple[str, Any]] = {
    "Map": ("dict[str, str] | None", {"type": ["object", "null"], "additionalProperties": TEXT}),
    "MapOfFoo": (
        "dict[str, Foo] | None",
        {"type": ["object", "null"], "additionalProperties": ref("Foo")},
    ),
    "MapOfMaps": (
        "dict[str, dict[str, int | None] | None] | None",
        {
            "type": ["object", "null"],
            "additionalProperties": {
                "type": ["object", "null"],
                "additionalProperties": {"type": ["integer", "null"]},
            },
        },
    ),
    "MapOrText": (
        "dict[str, str] | str | None",
        {"type": ["object", "string", "null"], "additionalProperties": TEXT},
    ),
    "NamedMap": (
        "dict[Annotated[str, StringConstraints(pattern=r'^a')], str] | str",
        {"type": ["object", "string"], "patternProperties": {"^a": TEXT}},
    ),
    "Narrowed": ("str", {"allOf": [EITHER, TEXT]}),
    "NarrowedByReference": ("str", {"allOf": [ref("EitherOne"), TEXT]}),
    "EitherOne": ("str | int", EITHER),
    "BothMay": ("str", {"allOf": [EITHER, {"anyOf": [TEXT, {"type": "boolean"}]}]}),
    "Bounded": ("str | int", {"allOf": [EITHER, {"maxLength": 3}]}),
    "Lists": (
        "list[Any]",
        {"allOf": [{"type": "array", "items": TEXT}, {"type": "array", "items": NUMBER}]},
    ),
    "ListOfBoth": (
        "list[ListOfBothOption1]",
        {
            "allOf": [
                {"type": "array", "items": ref("Foo")},
                {"type": "array", "items": ref("Bar")},
            ]
        },
    ),
    "OneLiteral": (
        "Literal['a', 'b'] | str",
        {"anyOf": [{"const": "a", "x-first": True}, {"const": "b", "maxLength": 9}, TEXT]},
    ),
    "OnceEach": (
        "Literal['a', 'b', 'c'] | int",
        {"oneOf": [{"enum": ["a", "b"]}, NUMBER, {"oneOf": [{"enum": ["b"]}, {"const": "c"}]}]},
    ),
}
