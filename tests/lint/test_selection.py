"""Words choose the rules to look for: codes, beginnings of codes, names and sets."""

import pytest

from specloom.diagnostics import Rule
from specloom.lint import selection

RULES = (
    Rule("OAS101", "no-contact", "", ""),
    Rule("OAS305", "verb-in-path", "", "", recommended=False),
    Rule("OAS310", "no-summary", "", ""),
)
ALL = {rule.code for rule in RULES}


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        (["recommended"], [], {"OAS101", "OAS310"}),
        (["all"], [], ALL),
        (["recommended", "OAS305"], [], ALL),
        (["OAS3"], [], {"OAS305", "OAS310"}),
        (["oas"], ["OAS31"], {"OAS101", "OAS305"}),
        (["no-contact"], [], {"OAS101"}),
        (["all"], ["recommended"], {"OAS305"}),
        (["OAS305"], ["verb-in-path"], set()),
        ([], [], set()),
    ],
)
def test_words_choose_rules(select: list[str], ignore: list[str], chosen: set[str]) -> None:
    assert selection.chosen(RULES, select, ignore) == chosen


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("OAS304", "OAS305"),
        ("oas102", "OAS101"),
        ("no-contacts", "no-contact"),
        ("recomended", "recommended"),
        ("OAS9", "OAS"),
    ],
)
def test_word_that_names_no_rule_is_told_with_those_that_are_like_it(word: str, near: str) -> None:
    [(told, message)] = selection.unknown(RULES, ["all", word])
    assert (told, near in message) == (word, True)


@pytest.mark.parametrize("word", ["", "OAS1011", "OAS(", "*", "no-", "OA"])
def test_nothing_else_names_a_rule(word: str) -> None:
    assert [*selection.unknown(RULES, [word])]


def test_known_words_are_not_told() -> None:
    assert [*selection.unknown(RULES, ["OAS3", "all", "no-summary", "oas101"])] == []
