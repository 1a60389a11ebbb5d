"""The kinds of change in what bounds a value: formats, patterns, the least and the most."""

from __future__ import annotations

from typing import Final

from specloom.diagnostics import Rule, Severity


def change_rule(code: str, name: str, summary: str, explanation: str) -> Rule:
    """A kind of change between schemas."""
    # Whom a change breaks depends on who sends the value, so the change says how much it weighs.
    return Rule(code, name, summary, explanation, Severity.INFO)


FORMAT = change_rule(
    "DIF510",
    "format-changed",
    "the format of a value changed",
    "A format that is checked is a constraint as a pattern is; clients also choose types by it.",
)
PATTERN = change_rule(
    "DIF511",
    "pattern-changed",
    "the pattern of a string changed",
    "Which of two patterns takes more can't be told, so another pattern is counted as a change of "
    "all values.",
)
MINIMUM = change_rule(
    "DIF512",
    "minimum-changed",
    "the least number allowed changed",
    "`minimum` or `exclusiveMinimum` was raised, lowered, added or taken away.",
)
MAXIMUM = change_rule(
    "DIF513",
    "maximum-changed",
    "the greatest number allowed changed",
    "`maximum` or `exclusiveMaximum` was raised, lowered, added or taken away.",
)
MULTIPLE = change_rule(
    "DIF514",
    "multiple-changed",
    "numbers must be multiples of another number",
    "A multiple of the old number narrows the values, a divisor of it widens them.",
)
MIN_LENGTH = change_rule(
    "DIF515",
    "min-length-changed",
    "the least length of a string changed",
    "`minLength` was raised, lowered, added or taken away.",
)
MAX_LENGTH = change_rule(
    "DIF516",
    "max-length-changed",
    "the greatest length of a string changed",
    "`maxLength` was raised, lowered, added or taken away.",
)
MIN_ITEMS = change_rule(
    "DIF517",
    "min-items-changed",
    "the least number of items changed",
    "`minItems` was raised, lowered, added or taken away.",
)
MAX_ITEMS = change_rule(
    "DIF518",
    "max-items-changed",
    "the greatest number of items changed",
    "`maxItems` was raised, lowered, added or taken away.",
)
MIN_PROPERTIES = change_rule(
    "DIF519",
    "min-properties-changed",
    "the least number of properties changed",
    "`minProperties` was raised, lowered, added or taken away.",
)
MAX_PROPERTIES = change_rule(
    "DIF520",
    "max-properties-changed",
    "the greatest number of properties changed",
    "`maxProperties` was raised, lowered, added or taken away.",
)
UNIQUE = change_rule(
    "DIF521",
    "uniqueness-changed",
    "equal items are now refused, or no longer",
    "`uniqueItems` was added or taken away. Who sends an item twice is refused where it was not "
    "before, or who receives may meet one twice.",
)
CONTENT = change_rule(
    "DIF554",
    "content-changed",
    "a string holds something else",
    "`contentMediaType` and `contentEncoding` say how to read it, so both sides must agree.",
)

RULES: Final = (
    FORMAT, PATTERN, MINIMUM, MAXIMUM, MULTIPLE, MIN_LENGTH, MAX_LENGTH, MIN_ITEMS, MAX_ITEMS,
    MIN_PROPERTIES, MAX_PROPERTIES, UNIQUE, CONTENT,
)  # fmt: skip
