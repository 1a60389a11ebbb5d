"""The line of a place in a TOML text is that of the statement, or the element, that makes it."""

import json
import tomllib
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from completion_server.settings.places import Place
from completion_server.settings.toml_lines import lines_of_places
from completion_server.settings.toml_statements import statements
from tests.unit.server.settings_diagnostics import characters_read

TEXT = '''\
# a comment
top = 1
a.b."c d" = {x = 1, y = [2, 3]}

[[apps]]                # the first
name = """
[apps.model]
name = 'no statement'
"""
list = [
  1,
  # between
  2, 3,
  {k = "v"},

  ["deep",
   "deeper"],
]
[apps.model]
p = "é\u2028 ]"
[limits]
x = 1
[[apps]]
[[apps.form]]
v = 1
[[apps.form]]
[apps.form.inner]
v = 1
'''
LINES: dict[Place, int] = {
    (): 1,
    ("top",): 2,
    ("a",): 3,
    ("a", "b", "c d", "y", 1): 3,
    ("apps",): 5,
    ("apps", 0): 5,
    ("apps", 0, "name"): 6,
    ("apps", 0, "list"): 10,
    ("apps", 0, "list", 0): 11,
    ("apps", 0, "list", 1): 13,
    ("apps", 0, "list", 2): 13,
    ("apps", 0, "list", 3, "k"): 14,
    ("apps", 0, "list", 4): 16,
    ("apps", 0, "list", 4, 1): 16,
    ("apps", 0, "model"): 19,
    ("apps", 0, "model", "p"): 20,
    ("limits", "x"): 22,
    ("apps", 1): 23,
    ("apps", 1, "form"): 24,
    ("apps", 1, "form", 0, "v"): 25,
    ("apps", 1, "form", 1): 26,
    ("apps", 1, "form", 1, "inner"): 27,
    ("apps", 1, "form", 1, "inner", "v"): 28,
}


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")], ids=["LF", "CRLF"])
def test_each_kind_of_place_has_its_line(text: str) -> None:
    lines = lines_of_places(text)
    assert {place: lines.get(place) for place in LINES} == LINES


def places(value: Any, around: Place = ()) -> set[Place]:
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    return {around}.union(*(places(content, (*around, step)) for step, content in inner))


KEYS = st.sampled_from(["a", "b", "c-1", "d e", "é", '"', "a.b"])
STRINGS = st.sampled_from(
    ['"x"', "'x ] #'", '"""\n[a]\nb = 1\n"""', "'''\n]\n\n'''", '"\\"]"', '"""]""\n\\"""] """']
)
SCALARS = STRINGS | st.sampled_from(["1", "-0.5", "true", "1979-05-27T07:32:00Z", "[]", "{}"])
SPACES = st.sampled_from(["", " ", "\n", "\n  ", " # ]\n", "\n\n"])


@st.composite
def arrays(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    elements = draw(st.lists(inner, max_size=4))
    spaced = [f"{draw(SPACES)}{element}{draw(SPACES)}" for element in elements]
    return f"[{','.join(spaced)}{draw(SPACES)}]"


@st.composite
def inline_tables(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    keys = draw(st.lists(KEYS, unique=True, max_size=3))
    return "{" + ", ".join(f"{written(key)} = {draw(inner)}" for key in keys) + "}"


VALUES = st.recursive(SCALARS, lambda inner: arrays(inner) | inline_tables(inner), max_leaves=6)


def written(key: str) -> str:
    return key if key in {"a", "b", "c-1"} else json.dumps(key, ensure_ascii=False)


DOTTED = st.lists(KEYS, min_size=1, max_size=3).map(lambda keys: ".".join(map(written, keys)))
STATEMENTS = (
    st.builds("{} = {}".format, DOTTED, VALUES)
    | st.builds("[{}]".format, DOTTED)
    | st.builds("[[{}]] # ]".format, DOTTED)
    | st.sampled_from(["", "# [a]", "   "])
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Put statements together, leaving out those that TOML doesn't take there."""
    text = ""
    for statement in draw(st.lists(STATEMENTS, max_size=12)):
        longer = f"{text}{statement}\n"
        try:
            tomllib.loads(longer)
        except tomllib.TOMLDecodeError:
            continue
        text = longer
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def lines_by_prefixes(text: str) -> dict[Place, tuple[int, int]]:
    """Give the first and last line of what makes each place, by reading the text's beginnings."""
    lines = text.split("\n")
    found: dict[Place, tuple[int, int]] = {}
    start = 1
    for end in range(1, len(lines) + 1):
        try:
            read = tomllib.loads("\n".join(lines[:end]) + "\n")
        except tomllib.TOMLDecodeError:
            continue
        for place in places(read):
            found.setdefault(place, (start, end))
        start = end + 1
    return found


@given(texts())
def test_every_place_of_a_text_has_a_line_and_no_other_place_does(text: str) -> None:
    assert set(lines_of_places(text)) == places(tomllib.loads(text))


@given(texts())
def test_the_line_is_in_the_statement_that_first_makes_the_place(text: str) -> None:
    lines = lines_of_places(text)
    for place, (first, last) in lines_by_prefixes(text).items():
        assert first <= lines[place] <= last, place
        if not any(isinstance(step, int) for step in place):
            assert first == lines[place], place


@given(st.lists(VALUES, max_size=5), st.sampled_from(["", ","]))
def test_an_element_of_an_array_starts_in_its_own_line(elements: list[str], comma: str) -> None:
    text, expected = "x = [\n", {}
    for index, element in enumerate(elements):
        expected[index] = text.count("\n") + 1
        text += element + (comma if index == len(elements) - 1 else ",") + "\n"
    assume(elements or not comma)
    lines = lines_of_places(text + "]\n")
    assert expected == {index: lines["x", index] for index in expected}


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("count", [3, 4, 5])
def test_a_long_string_may_end_in_quotes_of_its_own(quote: str, count: int) -> None:
    lines = lines_of_places(f"x = [{quote * 3}]{quote * count},\n1]\ny = 1\n")
    assert [lines["x", 0], lines["x", 1], lines["y",]] == [1, 2, 3]


@given(texts(), st.text(alphabet="[]{}\"'=a.#\n ", max_size=20))
def test_statements_and_what_is_no_toml_make_up_the_text(text: str, more: str) -> None:
    whole = (text + more).replace("\r\n", "\n")
    lines = whole.splitlines(keepends=True)
    for statement in statements(text + more):
        assert "".join(lines[statement.line - 1 :]).startswith(statement.text)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("x = [\n" + "  'word',\n" * 2_000 + "]\n", 2_003),
        ("x = [\n" + "  ['word'], # ]\n" * 2_000 + "]\n", 2_003),
        ("x = '''\n" + "[word] # ]\n" * 2_000 + "'''\n", 2_003),
        ("".join(f"[t{number}]\na = {number}\n" for number in range(1_000)), 2_001),
    ],
    ids=["array", "arrays", "string", "tables"],
)
def test_tomllib_reads_each_statement_only_once(
    text: str, last: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = characters_read(monkeypatch)
    text += "[z]\n"
    assert last == lines_of_places(text)["z",]
    assert len(text) == sum(read)


@pytest.mark.parametrize("opening", ["x = [", 'x = """'])
def test_a_text_that_never_ends_is_read_only_once(
    opening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = characters_read(monkeypatch)
    text = opening + "\n[1], # ]\n" * 2_000
    (only,) = statements(text)
    assert (only.line, only.read) == (1, {})
    assert len(text) == sum(read)
