"""A pattern of JSON pointers into a regular expression.

The token `*` stands for any one token, `**` for any number of them, none included; all else stands
for itself.
"""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = r"/[^/]*"  # noqa: S105 - a token of a pointer


def pattern(text: str) -> re.Pattern[str]:
    """What matches, whole, the pointers that a text stands for; without stars only itself."""
    first, *more = [_tokens(part) for part in _parts(text.split("/")[1:])]
    if not more:
        return re.compile(first)
    # Atomic: only what the last `**` takes is ever given back, so that time is linear.
    middle = "".join(f"(?>(?:{_TOKEN})*?{part})" for part in more[:-1])
    return re.compile(f"{first}{middle}(?:{_TOKEN})*?{more[-1]}")


def _parts(tokens: list[str]) -> list[list[str]]:
    """The tokens between the `**`."""
    parts: list[list[str]] = [[]]
    for one in tokens:
        if one == "**":
            parts.append([])
        else:
            parts[-1].append(one)
    return parts


def _tokens(part: list[str]) -> str:
    return "".join(_TOKEN if one == "*" else "/" + re.escape(one) for one in part)
