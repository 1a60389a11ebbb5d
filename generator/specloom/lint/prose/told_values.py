"""Text into the values that it quotes, and JSON values that they may stand for.

Every pattern is bounded: a text is read in time that grows with its length alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTED: Final = r"(?:`[^`\n]{1,60}`|\"[^\"\n]{0,60}\"|“[^”\n]{1,60}”|'[^'\n]{1,60}')"
NUMBER: Final = r"-?(?!0\d)(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15}(?:\.\d{1,15})?)(?![\d%]|[.,]\d)"
VALUE: Final = rf"(?:{QUOTED}|{NUMBER}|\b(?:[Tt]rue|[Ff]alse|TRUE|FALSE)\b)"
_LEFT_OUT: Final = r"(?:not\b|un|omitted|absent|missing|empty|left|none)"
END: Final = rf"(?=[*_]{{0,3}}\s{{0,2}}(?:$|[.,;)\]\n]|<br|(?:if|when) {_LEFT_OUT}|- ))"
"""What stands behind a value that is told without a condition."""

_SENTENCE_ENDS: Final = (". ", "\n", "<br>", ".<", "; ", ".\t")
_SENTENCE: Final = 200
_CONDITION: Final = re.compile(
    r"\b(?:if|when|for|unless|until|otherwise|depending|while|on)\b"
    rf"(?! (?:{_LEFT_OUT}|(?:this|it|the \w{{1,30}}) (?:is|was) {_LEFT_OUT}))",
    re.IGNORECASE,
)
_QUOTES: Final = "`\"'“”"
_BOOLEANS: Final = {"true": True, "false": False}


def unquoted(text: str) -> str:
    """A quoted value without its quotes, be there two pairs."""
    if len(text) > 1 and text[0] in _QUOTES:
        text = text[1:-1]
    if len(text) > 1 and text[0] in "\"'" and text[0] == text[-1]:
        text = text[1:-1]
    return text


def readings(text: str, types: set[str]) -> Iterator[Any]:
    """What a value in a text means as JSON of some types; nothing if it fits none."""
    plain = unquoted(text)
    if "boolean" in types and plain.lower() in _BOOLEANS:
        yield _BOOLEANS[plain.lower()]
    if types & {"integer", "number"} and re.fullmatch(NUMBER, plain):
        yield number(plain)
    if "string" in types and text[:1] in _QUOTES and plain != "null":
        yield plain


def number(text: str) -> int | float:
    """A number, perhaps with commas between its thousands."""
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def head(text: str, start: int) -> str:
    """What stands before a place in its sentence."""
    before = text[max(0, start - _SENTENCE) : start]
    cut = max(before.rfind(end) + len(end) if end in before else 0 for end in _SENTENCE_ENDS)
    return before[cut:]


def is_conditional(text: str, start: int) -> bool:
    """Whether the sentence says, before a place, that what comes there holds only at times."""
    return _CONDITION.search(head(text, start)) is not None


def mentions(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text has any of some words, in small letters: the quick look before a long."""
    small = text.lower()
    return any(word in small for word in words)
