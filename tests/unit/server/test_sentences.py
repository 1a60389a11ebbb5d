"""Words become speech two sentences at first, then three, up to seven, and never too late."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_server.operations.sentences import LONGEST, MOST, Sentences


def spoken(words: list[str]) -> list[str]:
    sentences = Sentences()
    due = [sentences.add(word) for word in words]
    return [text for text in (*due, sentences.rest()) if text]


def test_two_sentences_are_spoken_first_then_three() -> None:
    words = [f"{number}." for number in range(6)]
    assert spoken(words) == ["0.1.", "2.3.4.", "5."]


@pytest.mark.parametrize("mark", [".", "!", "?", "\n", "。", "…", "?!", "..."])
def test_a_sentence_ends_with_any_mark_once(mark: str) -> None:
    assert spoken([f"a{mark}", f"b{mark}", "c"]) == [f"a{mark}b{mark}", "c"]


def test_seven_sentences_are_the_most() -> None:
    lengths = [text.count(".") for text in spoken(["x."] * 100)]
    assert lengths[:6] == [2, 3, 4, 5, 6, 7]
    assert max(lengths) == MOST


def test_what_ends_no_sentence_is_spoken_anyway() -> None:
    assert {len(text) for text in spoken(["x" * 10] * 1000)} == {LONGEST}


@given(words=st.lists(st.text("ab.!\n", max_size=5)))
def test_every_word_is_spoken_once_and_in_order(words: list[str]) -> None:
    assert "".join(spoken(words)) == "".join(words)
