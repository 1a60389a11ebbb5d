"""No text of a document can break out of the place where it is written."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tomllib
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from datamodel_code_generator import generate
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from specloom.config import ClientSettings
from specloom.diagnostics import Collector
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.emit.distribution import texts_of
from specloom.emit.filters import docstring, sentence, toml
from specloom.emit.format import format_python
from specloom.emit.models import UnmadeError, render_models
from specloom.markdown import code, line, prose
from specloom.normalize import normalize
from specloom.translate import translate
from specloom.translate.models import models

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it.token import Token

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
            {
                "name": text,
                "in": "query",
                "description": text,
                "schema": {"enum": [text], "default": text},
            },
            {"name": text, "in": "header", "schema": {"type": "string"}},
        ],
        "requestBody": {
            "description": text,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
        },
        "x-stream-selector": {"field": text, "stream": text, "json": text},
        "x-pagination": {"cursor": text, "items": f"/{text}", "next": f"/{text}"},
        "responses": {
            "200": {
                "description": text,
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}},
                    "text/event-stream": {
                        "schema": {"$ref": "#/components/schemas/Event"},
                        "x-event-stream": {
                            "tag": text,
                            "ends": [text],
                            "keep-alive": text,
                            "text": {"event": text, "field": text},
                            "replacement": {"event": text, "field": text},
                        },
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
    normal = normalize(document)
    settings = ClientSettings("hostile", package, "Hostile", "out")
    return texts_of(translate(normal, settings, Collector()), normal.tree)


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


MARKUP = st.text(st.sampled_from("#-+*_~`<>&;=|[]()!\\1.) \nab:/") | st.characters(), max_size=40)


def inline(markdown: str) -> list[Token]:
    """What stands in the only paragraph of a Markdown text."""
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    assert [block.type for block in blocks] in ([], ["paragraph_open", "inline", "paragraph_close"])
    return [child for block in blocks for child in block.children or ()]


@given(text=MARKUP)
@example(text="# x")
@example(text="- x")
@example(text="1. x")
@example(text="~~~ x")
@example(text="---")
@example(text="&lt;script&gt; <b>x</b>")
def test_prose_in_markdown_is_one_line_of_plain_words(text: str) -> None:
    written = inline(prose(text))
    assert {child.type for child in written} <= {"text", "text_special"}
    assert line(text) == "".join(child.content for child in written)


@given(text=MARKUP.filter(lambda text: line(text) != ""))
@example(text="https://a/`<script>`")
@example(text="``")
def test_a_code_span_in_markdown_holds_the_text(text: str) -> None:
    (written,) = inline(f"it is {code(text)}.")[1:-1]
    assert (written.type, written.content) == ("code_inline", line(text))


IMPORTING = {
    "customTypePath": "subprocess.Popen",
    "customBasePath": "subprocess.Popen",
    "default_factory": "subprocess.Popen",
    "x-python-type": "subprocess.Popen",
    "x-python-import": {"module": "subprocess", "name": "Popen"},
    "discriminator": {"propertyName": "kind", "x-python-type": "subprocess.Popen"},
}


@pytest.mark.parametrize("keyword", IMPORTING)
def test_no_keyword_of_a_document_chooses_what_is_imported(keyword: str) -> None:
    hostile = {keyword: IMPORTING[keyword]}
    text = models_of(
        Thing={"type": "object", "properties": {"x": {"type": "string"} | hostile}} | hostile,
        Text={"type": "string"} | hostile,
        Either={"oneOf": [{"type": "integer"} | hostile, {"type": "string"}]} | hostile,
    )
    assert "Popen" not in text


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "format": "date-time", "default": "2020-01-01T00:00:00Z"},
        {"type": "string", "format": "date", "default": "2020-01-01"},
        {"type": "string", "format": "decimal", "default": "1.50"},
        {"type": "string", "contentEncoding": "base64", "default": "QQ=="},
        {"$ref": "#/components/schemas/Day", "default": "2020-01-01"},
        {"type": "array", "items": {"$ref": "#/components/schemas/Day"}, "default": ["2020-01-01"]},
    ],
)
def test_a_default_that_is_no_python_value_of_its_field_is_left_out(schema: Any) -> None:
    thing = {"type": "object", "properties": {"x": schema}}
    text = models_of(Thing=thing, Day={"type": "string", "format": "date"})
    assert re.search(r"^    x: .* = None$", text, re.MULTILINE), text


def test_a_default_that_is_one_is_kept() -> None:
    schema = {"type": "string", "format": "uuid", "default": "none"}
    text = models_of(Thing={"type": "object", "properties": {"x": schema}})
    assert "    x: str = 'none'" in text


def test_a_reference_to_nothing_costs_the_component_that_has_it_alone() -> None:
    with pytest.raises(UnmadeError, match="Thing"):
        models_of(Thing={"type": "array", "items": {"$ref": "#/components/schemas/Gone"}})


def test_making_models_says_nothing_to_the_user(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def loud(*given: Any, **options: Any) -> object:
        warnings.warn("loud", stacklevel=2)
        sys.stderr.write("loud")
        return generate(*given, **options)

    monkeypatch.setattr("specloom.emit.models.generate", loud)
    assert "Text" in models_of(Text={"type": "string"})
    assert capfd.readouterr() == ("", "")


def models_of(**schemas: Any) -> str:
    tree = {"components": {"schemas": schemas}}
    return render_models(tree, models(tree), "pkg")["models.py"]


def test_a_component_with_a_percent_sign_is_still_found_by_its_references() -> None:
    text = models_of(
        **{
            "a%b": {"type": "object", "properties": {"x": {"type": "string"}}},
            "C": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/a%25b"}}},
        }
    )
    assert "a: AB | None = None" in text


def test_python_within_markdown_is_formatted_and_what_is_none_stays() -> None:
    page = "```python\n{}\n```\n```python\nif (\n```\n"
    made = format_python({"README.md": page.format("f(a = 'b')")})
    assert made == {"README.md": page.format('f(a="b")')}
