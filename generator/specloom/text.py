"""A document's text into text that can be shown: nothing in it hides, reorders or splits lines.

Knows nothing of where the text stands or goes.
"""

from __future__ import annotations

import re
from typing import Final

_LINE_BREAK: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

# Nobody reads on so far; every text is escaped and wrapped more than once.
_LONGEST: Final = 100_000


def printable(text: str) -> str:
    """The text with plain line breaks, without control, bidi and half characters, stripped.

    What is longer than 100,000 characters is cut.
    """
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return _UNPRINTABLE.sub("", _LINE_BREAK.sub("\n", text)).strip()
