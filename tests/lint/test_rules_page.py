"""The page of rules tells what is there: every rule of ours, and none for others' that is not."""

import re

from specloom import catalogue
from tests.lint.rules_page import PAGE, kept, whole

RULES = {rule.code: rule for rule in catalogue.RULES}
ROWS = re.findall(r"^\| `(.+?)` \| (.+?) \|(.*) \|$", kept(), re.MULTILINE)


def test_list_of_rules_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == whole(), "run `make rules`"


def test_codes_beside_the_rules_of_others_exist_and_say_which_are_off() -> None:
    wrong = [
        (theirs, code)
        for theirs, ours, _ in ROWS
        for code, off in re.findall(r"([A-Z]{3}\d{3})( \(off\))?", ours)
        if code not in RULES or RULES[code].recommended == bool(off)
    ]
    assert wrong == []


def test_rules_without_one_of_ours_say_why() -> None:
    assert [theirs for theirs, ours, why in ROWS if ours == "none" and not why.strip()] == []
    assert all(ours == "none" or re.search(r"[A-Z]{3}\d{3}", ours) for _, ours, _ in ROWS)


def test_others_are_there_with_all_their_rules() -> None:
    sections = re.split(r"^## ", kept(), flags=re.MULTILINE)[1:]
    numbers = {section.split()[0]: section.count("\n| `") for section in sections}
    assert (numbers["Spectral's"], numbers["Redocly's"] > 60, numbers["vacuum's"] > 70) == (
        57, True, True,
    )  # fmt: skip
