"""No text of a document can break out of the place where it is written."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from specloom.config import ClientSettings
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.emit.distribution import texts_of
from specloom.emit.render import docstring, line, prose, sentence, toml
from specloom.normalize import normalize
from specloom.translate import translate

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    '"""',
    'end"""\nimport os\nos.abort()\n"""',
    '""""""" and \\"""',
    'ends with a quote"',
    "ends with a backslash\\",
    "\\N{nothing} \\x \\u \\1 {0} %s %(x)s",
    "{{ package.name }}{% for x in y %}{# never #}{{ ''.__class__ }}",
    "'''); raise SystemExit(1)  #",
    "one\ntwo\r\nthree\rfour\x0bfive\x0csix\x85seven\u2028eight\u2029nine",
    "NUL\x00here, bell\x07, escape\x1b[31m",
    "bidi \u202e dlrow \u202c\u2066olleh\u2069 \u200f\u200e\ufeff",
    "lone surrogate \ud83d, whole \U0001f600",
    "```\n# not a heading\n```\n<script>[x](javascript:y)</script> | `code`",
    "  \n\n trailing spaces  \nand tabs\t\nnext \n\n",
    "long " * 300,
    "../../etc/passwd",
    "__class__",
    "import os",
    "",
    " ",
]


def tree(text: str) -> dict[str, Any]:
    """A document with the text in every place that a text can be."""
    schema = {
        "type": "object",
        "title": text,
        "description": text,
        "required": [text],
        "properties": {
            text: {"type": "string", "description": text, "enum": [text], "default": text},
            "pattern": {"type": "string", "pattern": text, "format": text, "const": text},
            "x": {"type": "object", "description": text, "properties": {text: {}}},
        },
        "x-python-import": {"module": text, "name": text},
        "x-python-type": text,
        "customTypePath": text,
        "examples": [text],
    }
    kinds = {"one": "#/components/schemas/One", text: "#/components/schemas/Two"}
    event = {
        "oneOf": [{"$ref": kinds["one"]}, {"$ref": kinds[text]}],
        "discriminator": {"propertyName": text, "mapping": kinds},
    }
    operation = {
        "operationId": text,
        "summary": text,
        "description": text,
        "tags": [text],
        "deprecated": True,
        "parameters": [
            {"name": text, "in": "query", "description": text, "schema": {"enum": [text]}},
            {"name": text, "in": "header", "schema": {"type": "string"}},
        ],
        "requestBody": {
            "description": text,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
        },
        "x-stream-selector": {"field": text, "stream": text, "json": text},
        "responses": {
            "200": {
                "description": text,
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}},
                    "text/event-stream": {
                        "schema": {"$ref": "#/components/schemas/Event"},
                        "x-event-stream": {"tag": text, "ends": [text], "keep-alive": text},
                    },
                },
            }
        },
    }
    return {
        "openapi": "3.2.0",
        "info": {"title": text, "description": text, "version": text},
        "tags": [{"name": text, "description": text}, {"name": "plain", "description": text}],
        "servers": [{"url": f"https://example.com/{text}"}],
        "paths": {
            f"/{text}": {"post": operation},
            "/plain": {"get": operation | {"operationId": f"{text}2", "tags": ["plain"]}},
            "/untagged": {"get": operation | {"operationId": f"{text}3", "tags": []}},
        },
        "security": [{text: []}],
        "components": {
            "schemas": {
                "Thing": schema,
                f"{text}Named": schema,
                "One": {"type": "object", "properties": {text: {"type": "string", "const": "one"}}},
                "Two": {"type": "object", "properties": {text: {"type": "string", "const": text}}},
                "Event": event,
                "Text": {"type": "string", "description": text, "enum": [text, "other"]},
            },
            "securitySchemes": {text: {"type": "apiKey", "in": "header", "name": text}},
        },
    }


def generated(text: str, package: str = "hostile") -> dict[str, str]:
    document = Document(tree(text), JsonSource("hostile.json", "{}"))
    normal = normalize(document).tree
    return texts_of(translate(normal, ClientSettings("hostile", package, "Hostile", "out")), normal)


def words(text: str) -> list[str]:
    """What must be read in a docstring, wherever its lines break."""
    return line(text).split()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_package_of_hostile_text_imports_and_says_it(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = generated(text)
    for path, content in texts.items():
        file = tmp_path / path
        assert file.resolve().is_relative_to(tmp_path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode())
    monkeypatch.syspath_prepend(tmp_path)
    package = importlib.import_module("hostile")
    try:
        methods = [value for value in vars(package.Hostile).values() if callable(value)]
        assert methods
        for method in methods:
            assert " ".join(words(text)) in " ".join(words(method.__doc__ or ""))
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "hostile"]:
            del sys.modules[name]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_file_of_the_package_holds_what_could_mislead_a_reader(text: str) -> None:
    for path, content in generated(text).items():
        hidden = {char for char in content if char in "\x00\x07\x1b\u202e\u2066\ufeff\u2028"}
        assert hidden == set(), path


@given(text=st.text(st.sampled_from('"\\ \na{}%\t\u2028\x00') | st.characters(), max_size=60))
@example(text='"""')
@example(text='a" ')
def test_a_docstring_ends_where_it_should_and_holds_the_text(text: str) -> None:
    source = f'def f():\n    """{docstring(text, 4)}\n    """\n'
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert len(function.body) == 1
    assert words(text) == (ast.get_docstring(function) or "").split()


@given(text=st.text(st.sampled_from('"\\ a.') | st.characters(), max_size=60))
@example(text='a" ')
def test_a_one_line_docstring_ends_where_it_should(text: str) -> None:
    (statement,) = ast.parse(f'"""{docstring(sentence(text), 0)}"""').body
    assert isinstance(statement, ast.Expr)


@given(text=st.text(max_size=60))
@example(text="\U0001f600")
@example(text="\x7f\ud800")
def test_a_text_in_toml_is_read_back(text: str) -> None:
    assert {"key": line(text)} == tomllib.loads(f"key = {toml(text)}")


@given(text=st.text(max_size=60))
def test_prose_in_markdown_is_one_line_of_plain_words(text: str) -> None:
    written = prose(text)
    assert len(written.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>\[\]`|*_]", written)
