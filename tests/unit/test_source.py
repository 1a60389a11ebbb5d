"""Text is read as JSON or YAML 1.2, and every pointer into it leads to the place it names."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from specloom.document.pointer import join
from specloom.document.source import JsonSource, ParseError
from specloom.document.yaml_source import YamlSource

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
        (YamlSource("a.yaml", "é: ü\nö: \x01\n"), 2, 4),
    ],
)
def test_fault_has_its_place(source: JsonSource | YamlSource, line: int, column: int) -> None:
    assert fault(source)[1:] == (line, column)


def fault(source: JsonSource | YamlSource) -> tuple[str, int, int]:
    with pytest.raises(ParseError) as caught:
        source.parse()
    return str(caught.value), caught.value.line, caught.value.column


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1,\n "a": 1}', 2, 2),
        ('{"x": "\\"a\\": {", "b": [{"a": 1}, {"a": 1,\n  "\\u0061": 2}]}', 2, 3),
        ('{"a": {"b": 1}, "b": 1, "c": {"b": 1, "b": 1}}', 1, 39),
    ],
)
def test_key_given_twice_in_json_is_a_fault(text: str, line: int, column: int) -> None:
    message = f"not JSON: the key '{'b' if line == 1 else 'a'}' is given twice"
    assert fault(JsonSource("a.json", text)) == (message, line, column)


def test_keys_of_different_objects_may_be_alike() -> None:
    text = '{"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]}'
    assert JsonSource("a.json", text).parse() == json.loads(text)
    assert YamlSource("a.yaml", text).parse() == json.loads(text)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5000])
def test_number_that_json_could_not_write_again_is_a_fault(number: str) -> None:
    text = f'{{"a": "NaN 1e999",\n "b": [1, -1.5, {number}]}}'
    message = "not JSON: a number is not finite or too long"
    assert fault(JsonSource("a.json", text)) == (message, 2, 17)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{a: 1, a: 2}", "the key 'a' is given twice"),
        (".inf", "a number is not finite or too long"),
        ("-.INF", "a number is not finite or too long"),
        (".nan", "a number is not finite or too long"),
        ("1e999", "a number is not finite or too long"),
        ("9" * 5000, "a number is not finite or too long"),
        ("0x1" + "0" * 5000, "a number is not finite or too long"),
        ("!!int abc", "this is no int"),
        ("!!int [1]", "this is no int"),
        ("!!bool abc", "this is no bool"),
        ("!!null abc", "this is no null"),
        ("!!map [1]", "this is no mapping"),
        ("!!timestamp 2025-01-01", None),
        ("!!binary aGVsbG8=", None),
        ("!!set {a, b}", None),
        ("!!python/object/apply:os.getcwd []", None),
        ("{<<: 5}", None),
    ],
)
def test_what_json_does_not_have_is_a_fault_of_yaml(text: str, problem: str | None) -> None:
    message, line, _ = fault(YamlSource("a.yaml", f"a: 1\nb: {text}\n"))
    assert line == 2
    assert problem is None or message == f"not YAML: {problem}"


def test_key_given_twice_in_yaml_is_a_fault() -> None:
    text = "a:\n  b: 1\nb: 1\na: 1\n"
    message = "not YAML: the key 'a' is given twice"
    assert fault(YamlSource("a.yaml", text)) == (message, 4, 1)


def test_tags_of_the_core_schema_are_read() -> None:
    text = "{a: !!int 0x1F, b: !!float 1, c: !!str 1, d: !!null ~, e: !!bool True, f: !!seq [1]}"
    expected = {"a": 31, "b": 1.0, "c": "1", "d": None, "e": True, "f": [1]}
    assert YamlSource("a.yaml", text).parse() == expected


def test_aliases_share_nothing_once_read() -> None:
    tree = YamlSource("a.yaml", "a: &a {x: [1]}\nb: *a\nc: {<<: *a}\n").parse()
    tree["a"]["x"].append(2)
    assert tree == {"a": {"x": [1, 2]}, "b": {"x": [1]}, "c": {"x": [1]}}


def nine_fold(line: str) -> str:
    """Eight mappings, each of which names the one before it nine times."""
    return "a0: &a0 {x: 1}\n" + "".join(
        line.format(i, ", ".join([f"*a{i - 1}"] * 9)) for i in range(1, 9)
    )


def test_aliases_that_multiply_are_a_fault_at_once() -> None:
    source = YamlSource("a.yaml", nine_fold("a{0}: &a{0} [{1}]\n"))
    assert fault(source)[0] == "not YAML: its aliases stand for too many values"


def test_merge_keys_do_not_multiply() -> None:
    source = YamlSource("a.yaml", nine_fold("a{0}: &a{0} {{<<: [{1}], k{0}: 1}}\n"))
    assert source.parse()["a8"] == {"x": 1, **{f"k{i}": 1 for i in range(1, 9)}}


def test_merge_keys_that_add_too_much_are_a_fault() -> None:
    long = ", ".join(f"k{i}: 1" for i in range(2000))
    source = YamlSource("a.yaml", f"a: &a {{{long}}}\nb: {{<<: [{'*a, ' * 1000}]}}\n")
    message, line, _ = fault(source)
    assert (message, line) == ("not YAML: its aliases stand for too many values", 2)


def test_what_is_written_wins_over_what_is_merged_and_the_first_merged_over_the_next() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2}\nc: {x: 3, <<: [*b, *a]}\n"
    assert YamlSource("a.yaml", text).parse()["c"] == {"x": 3, "y": 2}


def test_alias_within_itself_is_a_fault() -> None:
    assert fault(YamlSource("a.yaml", "a: &a [*a]\n")) == (
        "not YAML: an alias names nothing that ends before it",
        1,
        8,
    )


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
