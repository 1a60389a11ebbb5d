"""Whatever a file holds is read in bounded time, or refused with a diagnostic; nothing raises."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.bundle import bundle
from specloom.diagnostics import Collector, HaltedError
from specloom.document.load import load

DEEP = 10_000
LAUGHS = "a0: &a0 lol\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)
)
LONG_LAUGHS = f"a: &a {'x' * 1_000_000}\nb: [{'*a, ' * 100_000}]\n"
DEEP_LAUGHS = "a0: &a0 1\n" + "".join(
    f"a{i}: &a{i} {'[' * 200}*a{i - 1}{']' * 200}\n" for i in range(1, 16)
)
REFUSED: dict[str, tuple[str, bytes]] = {
    "deep JSON": ("a.json", b"[" * DEEP + b"]" * DEEP),
    "deep JSON objects": ("a.json", b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    "deep JSON in YAML": ("a.yaml", b"[" * DEEP + b"]" * DEEP),
    "deep YAML": ("a.yaml", b"- " * DEEP + b"1"),
    "deep YAML keys": ("a.yaml", "\n".join(" " * i + "a:" for i in range(2000)).encode()),
    "laughs": ("a.yaml", LAUGHS.encode()),
    "deep laughs": ("a.yaml", DEEP_LAUGHS.encode()),
    "long laughs": ("a.yaml", LONG_LAUGHS.encode()),
    "merged laughs": ("a.yaml", b"a: &a {x: 1}\n" + b"b: {<<: [" + b"*a, " * 1_000_000 + b"]}"),
    "ruby": ("a.yaml", b"--- !ruby/object:Gem::Installer\ni: x\n"),
    "ruby scalar": ("a.yaml", b"a: !ruby/regexp /x/\n"),
    "python": ("a.yaml", b"!!python/object/apply:os.system ['touch specloom-was-here']\n"),
    "python new": ("a.yaml", b"a: !!python/object/new:os.system ['exit 1']\n"),
    "python name": ("a.yaml", b"a: !!python/name:os.system\n"),
    "key given twice": ("a.yaml", b"a: 1\na: 2\n"),
    "mapping as key": ("a.yaml", b"? {a: 1}\n: 2\n"),
    "NUL in YAML": ("a.yaml", b"a: \0\n"),
    "NUL in JSON": ("a.json", b'{"a": "\0"}'),
    "NULs": ("a.json", b"\0" * 100),
    "half a character": ("a.json", b'{"a": "\\ud800"}'),
    "half a character in YAML": ("a.yaml", b'a: "\\ud800"\n'),
    "half a character encoded": ("a.json", b'{"a": "\xed\xa0\x80"}'),
    "half of UTF-16": ("a.json", b'\xff\xfe{\0"\0a'),
    "huge number": ("a.json", b'{"a": 1e999999}'),
    "long number": ("a.json", b'{"a": 1' + b"0" * 5000 + b"}"),
    "long number in YAML": ("a.yaml", b"a: 1" + b"0" * 5000),
    "several documents": ("a.yaml", b"a: 1\n---\nb: 2\n"),
    "only a mark": ("a.json", b"\xef\xbb\xbf"),
}


def read(path: Path) -> tuple[Any, list[str]]:
    """The tree and the codes of what was found."""
    collector = Collector()
    tree = None
    try:
        tree = bundle(load(path, collector), (), collector).tree
    except HaltedError:
        assert collector.errors != []
    return tree, [found.rule.code for found in collector.diagnostics]


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_document_holds_is_refused_at_once(case: str, tmp_path: Path) -> None:
    name, content = REFUSED[case]
    (tmp_path / name).write_bytes(content)
    began = time.process_time()
    tree, codes = read(tmp_path / name)
    assert tree is None
    assert codes[0] in {"DOC001", "DOC002", "DOC003"}
    assert time.process_time() - began < 10


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("write", [json.dumps, lambda tree: f"a: {tree['a']}\n"])
def test_every_encoding_that_says_so_is_read(
    encoding: str, write: Callable[[Any], str], tmp_path: Path
) -> None:
    text = write({"a": "ü€😀"})
    path = tmp_path / ("a.json" if text.startswith("{") else "a.yaml")
    path.write_text(text, encoding=encoding)
    assert read(path) == ({"a": "ü€😀"}, [])


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_a_text_of_50_megabytes_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text('{"a": "' + "x" * 50_000_000 + '"}')
    began = time.process_time()
    tree, codes = read(tmp_path / name)
    assert (len(tree["a"]), codes) == (50_000_000, [])
    assert time.process_time() - began < 10


SEED = """\
openapi: 3.1.0
info: {title: a, version: '1'}
paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}
components:
  responses: {R: &r {description: x, content: {a/b: {schema: {$ref: 'b.yaml#/x'}}}}, S: *r}
  schemas:
    A: {$id: 'http://e.com/', $anchor: n, $ref: '#/$defs/X', $defs: {X: {$dynamicRef: '#n'}}}
    B: {discriminator: {propertyName: a, mapping: {a: b.yaml, b: A}}, oneOf: [{$ref: '#n'}]}
"""
OTHER = (
    "x: {items: {$ref: 'a.yaml#/components/schemas/A'}, properties: {$ref: '#/y'}}\ny: {a: {}}\n"
)
PIECES = st.sampled_from(
    [
        "$ref: ", "'#/'", "'#'", "b.yaml", "a.yaml", "{", "}", "[", "]", ": ", ", ", "*r", "&r ",
        "<<: *r", "'", '"', "\n", "  ", "null", "~", "1", "-", "$id: ", "$dynamicRef: '#n'", "\0",
        "!!set ", "http://[", "%", "#/~2", "schemas", "mapping", "components",
        "paths: {$ref: b.yaml}",
    ]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 30), PIECES), max_size=4)


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for at, dropped, piece in edits:
        text = text[:at] + piece + text[at + dropped :]
    return text


@given(EDITS, EDITS)
def test_a_broken_document_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, ours: Any, theirs: Any
) -> None:
    folder = tmp_path_factory.getbasetemp() / "broken"
    folder.mkdir(exist_ok=True)
    (folder / "b.yaml").write_text(edited(OTHER, theirs))
    (folder / "a.yaml").write_text(edited(SEED, ours))
    read(folder / "a.yaml")


@given(st.binary(max_size=200), st.sampled_from(["c.json", "c.yaml"]))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    read(path)
