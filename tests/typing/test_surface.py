"""The generated source says all that the document says: types in signatures, words in docstrings.

It is read as text, since that is what an editor shows.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GENERATED = Path(__file__).parents[2] / "generated/completion"
PACKAGE = GENERATED / "dify_completion"
DOCUMENT: dict[str, Any] = json.loads((GENERATED / "openapi.json").read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS: list[dict[str, Any]] = [
    operation for path in DOCUMENT["paths"].values() for operation in path.values()
]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Field:
    """A field of a model: its name on the wire, its annotation, and the text below it."""

    wire: str
    annotation: ast.expr
    text: str


def classes(*paths: Path) -> list[ast.ClassDef]:
    nodes = [node for path in paths for node in ast.parse(path.read_text(encoding="utf-8")).body]
    return [node for node in nodes if isinstance(node, ast.ClassDef) and node.name[0] != "_"]


def functions(found: ast.ClassDef) -> list[Function]:
    return [node for node in found.body if isinstance(node, Function)]


def is_public(function: Function) -> bool:
    return not function.name.startswith("_")


def fields(model: ast.ClassDef) -> list[Field]:
    return [
        Field(wire_name(node), node.annotation, text_of(below))
        for node, below in zip(model.body, [*model.body[1:], None], strict=True)
        if isinstance(node, ast.AnnAssign)
    ]


def wire_name(node: ast.AnnAssign) -> str:
    alias = re.search(r"alias='([^']*)'", ast.unparse(node.annotation))
    return alias[1] if alias else ast.unparse(node.target)


def text_of(node: ast.stmt | None) -> str:
    """The text that a statement consists of, as it may be wrapped anywhere."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return joined(str(node.value.value))
    return ""


def joined(text: str | None) -> str:
    return " ".join((text or "").split())


def mentions_any(node: ast.AST | None) -> bool:
    names = ast.walk(node) if node else ()
    return any(isinstance(name, ast.Name) and name.id == "Any" for name in names)


def is_open(schema: dict[str, Any]) -> bool:
    """Whether a value in it may be of any type, by the schema's own words."""
    if not schema.keys() & {"type", "$ref", "enum", "const", "anyOf", "oneOf", "allOf"}:
        return True
    inner = [part for word in ("anyOf", "oneOf", "allOf") for part in schema.get(word, [])]
    if "array" in schema.get("type", []):
        inner.append(schema.get("items", {}))
    if "object" in schema.get("type", []) and "properties" not in schema:
        inner.append(schema.get("additionalProperties", {}))
    return any(map(is_open, inner))


CLIENTS = classes(PACKAGE / "_client.py")
RESOURCES = classes(*sorted((PACKAGE / "resources").glob("*.py")))
RUNTIME = classes(*sorted((PACKAGE / "_runtime").glob("*.py")))
MODELS = {model.name: model for model in classes(PACKAGE / "models.py")}
METHODS = {
    f"{each.name}.{f.name}": f for each in RESOURCES for f in functions(each) if is_public(f)
}


def test_nothing_is_passed_on_unnamed() -> None:
    """`*args: P.args` stands for the arguments of another method, by name and type."""
    unnamed = {
        f"{each.name}.{function.name}"
        for each in [*CLIENTS, *RESOURCES, *RUNTIME]
        for function in functions(each)
        for star in (function.args.vararg, function.args.kwarg)
        if star and star.arg[0] != "_"
        if not re.match(r"P\.|Unpack\[", ast.unparse(star.annotation or star))
    }
    assert unnamed == set()


def test_arguments_and_answers_have_types() -> None:
    vague = {
        name
        for name, function in METHODS.items()
        if function.returns is None
        or any(
            mentions_any(annotation)
            for annotation in (
                function.returns,
                *(argument.annotation for argument in function.args.kwonlyargs),
            )
        )
    }
    assert vague == set()


def test_a_field_is_any_only_where_the_document_says_no_more() -> None:
    found = {
        f"{name}.{field.wire}"
        for name, model in MODELS.items()
        for field in fields(model)
        if mentions_any(field.annotation)
    }
    expected = {
        f"{name}.{wire}"
        for name, schema in SCHEMAS.items()
        for wire, value in schema.get("properties", {}).items()
        if is_open(value)
    }
    assert expected == found


def test_every_public_class_and_method_has_a_docstring() -> None:
    silent = {
        name
        for each in [*CLIENTS, *RESOURCES, *RUNTIME]
        for name, node in [
            (each.name, each),
            *((f"{each.name}.{f.name}", f) for f in functions(each) if is_public(f)),
        ]
        if not ast.get_docstring(node)
    }
    assert silent == set()


def test_methods_say_what_the_document_says_of_operations() -> None:
    for operation in OPERATIONS:
        name = re.sub(r"(?=[A-Z])", "_", operation["operationId"]).lower()
        texts = [joined(ast.get_docstring(f)) for f in METHODS.values() if f.name == name]
        assert len(texts) == len(["sync", "async"])
        for text in texts:
            assert joined(operation.get("summary")) in text
            assert joined(operation.get("description")) in text


def test_methods_say_what_each_argument_is() -> None:
    unsaid = {
        f"{name}({argument.arg})"
        for name, function in METHODS.items()
        for argument in function.args.kwonlyargs
        if f"\n    {argument.arg}: " not in (ast.get_docstring(function) or "")
    }
    assert unsaid == set()


def test_models_say_what_the_document_says_of_schemas() -> None:
    expected = {
        name: joined(SCHEMAS[name]["description"])
        for name in MODELS
        if "description" in SCHEMAS[name]
    }
    assert expected == {name: joined(ast.get_docstring(MODELS[name])) for name in expected}


def test_fields_say_what_the_document_says_of_properties() -> None:
    expected = {
        f"{name}.{wire}": joined(value["description"])
        for name in MODELS
        for wire, value in SCHEMAS[name].get("properties", {}).items()
        if "description" in value
    }
    said = {f"{name}.{f.wire}": f.text for name, model in MODELS.items() for f in fields(model)}
    assert expected == {name: said[name] for name in expected}
