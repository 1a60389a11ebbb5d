"""JSON pointers say what RFC 6901 says they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.document import pointer

# RFC 6901 §5
RFC_DOCUMENT = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", RFC_DOCUMENT),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
    ],
)
def test_examples_of_the_rfc(text: str, value: object) -> None:
    assert pointer.resolve(RFC_DOCUMENT, text) == value


@given(st.lists(st.text()))
def test_tokens_come_back(tokens: list[str]) -> None:
    assert pointer.tokens(pointer.join("", *tokens)) == tokens


@pytest.mark.parametrize(
    "text", ["/foo/2", "/foo/-", "/foo/-1", "/none", "/a~1b/c", "/foo/01", "/foo/\u0661"]
)
def test_what_leads_nowhere_is_a_key_error(text: str) -> None:
    with pytest.raises(KeyError):
        pointer.resolve(RFC_DOCUMENT, text)


def test_index_of_any_length_is_looked_for() -> None:
    with pytest.raises(KeyError):
        pointer.resolve(RFC_DOCUMENT, "/foo/" + "9" * 5000)


def test_reference_is_percent_decoded() -> None:
    assert pointer.from_reference("#/paths/~1a~1%7Bid%7D") == "/paths/~1a~1{id}"
