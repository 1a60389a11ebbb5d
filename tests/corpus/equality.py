"""Two values, and whether they are the same JSON."""

from __future__ import annotations

import json
from typing import Any


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def same_texts(one: Any, other: Any) -> bool:
    """Whether two values are the same once they are texts, as in a URL, where 1 and "1" are one."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_texts(one[n], other[n]) for n in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_texts, one, other))
    return same(one, other) or _text(one) == _text(other)


def difference(sent: Any, got: Any, at: str = "") -> str:
    """Where two values first differ, and how."""
    if isinstance(sent, dict) and isinstance(got, dict):
        for name in [*sent, *got]:
            if name not in got:
                return f"{at}/{name} is lost: {sent[name]!r:.80}"
            if name not in sent:
                return f"{at}/{name} is added: {got[name]!r:.80}"
            if not same(sent[name], got[name]):
                return difference(sent[name], got[name], f"{at}/{name}")
    if isinstance(sent, list) and isinstance(got, list) and len(sent) == len(got):
        for index, (one, other) in enumerate(zip(sent, got, strict=True)):
            if not same(one, other):
                return difference(one, other, f"{at}/{index}")
    return f"{at or '/'} was {sent!r:.80}, is {got!r:.80}"


def _text(value: Any) -> str:
    if hasattr(value, "content"):  # a part that came as a file, and was given as a text
        return str(value.content.decode(errors="replace"))
    return value if isinstance(value, str) else json.dumps(value)
