"""Text is read as JSON or YAML 1.2, and every pointer into it leads to the place it names."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from specloom.document.pointer import join
from specloom.document.source import JsonSource, ParseError, YamlSource

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | TEXT
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
# YAML forbids most control characters; PyYAML writes and reads the rest.
PLAIN_TEXT = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=8)


def places(tree: Any, pointer: str = "") -> Iterator[tuple[str, str | None, Any]]:
    """Every pointer below the top: its key (None for an item of a list) and its value."""
    keyed: list[tuple[Any, Any]] = list(enumerate(tree)) if isinstance(tree, list) else []
    keyed = list(tree.items()) if isinstance(tree, dict) else keyed
    for key, value in keyed:
        here = join(pointer, key)
        yield here, key if isinstance(tree, dict) else None, value
        yield from places(value, here)


def text_at(source: JsonSource | YamlSource, pointer: str) -> str:
    line, column = source.position(pointer)
    rest = source.text.split("\n")[line - 1 :]
    return "\n".join(rest)[column - 1 :]


@given(
    TREES,
    st.fixed_dictionaries({"indent": st.sampled_from([None, 0, 2]), "ensure_ascii": st.booleans()}),
)
def test_json_pointers_lead_to_their_keys_and_items(tree: Any, style: dict[str, Any]) -> None:
    source = JsonSource("a.json", json.dumps(tree, **style))
    assert source.parse() == tree
    for pointer, key, value in places(tree):
        found, _ = json.JSONDecoder().raw_decode(text_at(source, pointer))
        assert (value if key is None else key) == found


@given(
    st.recursive(
        PLAIN_TEXT,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN_TEXT, inner, max_size=4),
        max_leaves=20,
    ),
    st.fixed_dictionaries(
        {
            "default_flow_style": st.sampled_from([True, False, None]),
            "default_style": st.sampled_from(['"', "'"]),
            "allow_unicode": st.booleans(),
        }
    ),
)
def test_yaml_pointers_lead_to_their_keys_and_items(tree: Any, style: dict[str, Any]) -> None:
    text = yaml.safe_dump(tree, sort_keys=False, **style)
    source = YamlSource("a.yaml", text)
    assert source.parse() == tree
    for pointer, key, value in places(tree):
        wanted = value if key is None else key
        if isinstance(wanted, str):
            assert wanted == first_scalar(text_at(source, pointer))


def first_scalar(text: str) -> str:
    """The scalar that YAML text starts with."""
    return next(
        str(event.value) for event in yaml.parse(text) if isinstance(event, yaml.ScalarEvent)
    )


def test_pointer_that_leads_nowhere_gives_its_nearest_parent() -> None:
    text = '{\n  "a": {\n    "b": 1\n  }\n}'
    assert JsonSource("a.json", text).position("/a/none/deeper") == (2, 3)
    assert YamlSource("a.yaml", text).position("/a/none/deeper") == (2, 3)


def test_yaml_is_version_1_2() -> None:
    text = "{a: yes, b: no, c: on, d: 2025-01-01, e: 012, 200: ok, f: 0o17, g: 1e3, h: ~}"
    assert YamlSource("a.yaml", text).parse() == {
        "a": "yes",
        "b": "no",
        "c": "on",
        "d": "2025-01-01",
        "e": 12,
        "200": "ok",
        "f": 15,
        "g": 1000.0,
        "h": None,
    }


def test_yaml_merge_keys_and_anchors() -> None:
    text = "base: &base {a: 1}\nmore:\n  <<: *base\n  b: 2\n"
    assert YamlSource("a.yaml", text).parse()["more"] == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        (JsonSource("a.json", '{\n  "a": }'), 2, 8),
        (YamlSource("a.yaml", "a: 1\nb: [1}\n"), 2, 6),
        (YamlSource("a.yaml", "a: 1\n[1]: 2\n"), 2, 1),
    ],
)
def test_fault_has_its_place(source: JsonSource | YamlSource, line: int, column: int) -> None:
    with pytest.raises(ParseError) as caught:
        source.parse()
    assert (caught.value.line, caught.value.column) == (line, column)


def test_half_a_character_is_a_fault_with_its_place() -> None:
    text = '{"a": "\\ud83d\\ude00 \\\\ud800",\n "b": "\\ud800"}'
    with pytest.raises(ParseError, match="half a character") as caught:
        JsonSource("a.json", text).parse()
    assert (caught.value.line, caught.value.column) == (2, 8)


def test_escaped_pairs_and_backslashes_are_read() -> None:
    source = JsonSource("a.json", '["\\ud83d\\ude00", "\\\\ud800"]')
    assert source.parse() == ["😀", "\\ud800"]


def test_json_without_end_is_a_fault_too() -> None:
    with pytest.raises(ParseError, match="nested too deeply"):
        JsonSource("a.json", "[" * 20_000 + "]" * 20_000).parse()
