"""Every rule can be looked up, and says what it is about."""

import re
from collections import Counter

import pytest

from specloom import catalogue
from specloom.diagnostics import Rule


@pytest.mark.parametrize("key", ["code", "name"])
def test_codes_and_names_are_unique(key: str) -> None:
    number = Counter(getattr(rule, key) for rule in catalogue.RULES)
    assert [value for value, count in number.items() if count > 1] == []


@pytest.mark.parametrize("rule", catalogue.RULES, ids=lambda rule: rule.code)
def test_rule_explains_itself(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert not rule.summary.endswith(".")
    assert rule.explanation.endswith(".")
    assert len(rule.explanation) > len(rule.summary)
    assert catalogue.find(rule.code) is rule


def test_unknown_code_is_none() -> None:
    assert catalogue.find("OAS000") is None
