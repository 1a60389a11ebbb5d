"""However odd a file of settings is, telling what is wrong with it takes bounded work."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_server.settings.toml_statements import line_of_long_key
from completion_server.settings.toml_tokens import tokens
from tests.unit.server.settings_diagnostics import APP, characters_read, told

LONG = ".".join(["a"] * 17)
LONGEST = ".".join(["a"] * 16)
UNKNOWN = "zz = 1\n"


@pytest.mark.parametrize(
    "text",
    [
        "x = [\n" + "1, #]\n" * 4000 + "]\n",
        "x = [\n" + ("1," * 200 + "\n") * 300 + "]\n",
        "x = [\n" + "1, #]\n" * 4000,
        'x = """\n' + '\\"""\n' * 4000,
    ],
    ids=["comments", "long array", "open array", "open string"],
)
def test_a_text_is_read_at_most_twice(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = characters_read(monkeypatch)
    assert told(tmp_path, UNKNOWN + text)
    assert sum(read) <= 2 * len(UNKNOWN + text)


def test_every_element_of_a_long_array_has_its_line(tmp_path: Path) -> None:
    lines = [
        line.split(":")[0] for line in told(tmp_path, f"{APP}tags = [\n" + "1, #]\n" * 700 + "]")
    ]
    assert [str(line) for line in range(5, 705)] == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{LONG} = 1", 1),
        (f"a = 1\n[{LONG}]", 2),
        (f"\nx = {{b = 1,{LONG} = 1}}", 2),
        (".".join(["'a'"] * 17) + " = 1", 1),
        (" . ".join(['"a.b"'] * 17) + " = 1", 1),
    ],
)
def test_a_key_of_too_many_parts_is_told_before_it_is_read(
    tmp_path: Path, text: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = characters_read(monkeypatch)
    assert told(tmp_path, text) == [f"{line}: a key has more than 16 parts"]
    assert read == []


@pytest.mark.parametrize(
    "text",
    [
        f"{LONGEST} = 1.5",
        f"x = '{LONG}'",
        f'x = """\n{LONG} = 1"""',
        f"# {LONG}",
        "x = [" + "1.5, " * 20 + "]",
        "x = 1.5\n" * 20,
    ],
)
def test_dots_elsewhere_make_no_long_key(text: str) -> None:
    assert line_of_long_key(text) is None


@given(st.text(alphabet="[]{}\"'=a.,#\n\\ \t\r", max_size=60))
def test_each_character_of_any_text_is_in_one_token(text: str) -> None:
    ends = 0
    for token in tokens(text):
        assert text[ends : token.end].lstrip(" \t") == token.text
        assert text.count("\n", 0, token.end - len(token.text)) + 1 == token.line
        ends = token.end
    assert text[ends:].strip(" \t") == ""
