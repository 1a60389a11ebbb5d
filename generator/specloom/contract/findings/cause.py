"""What tells the failures of one check apart: a place or a text, without what varies.

Knows nothing of checks.
"""

from __future__ import annotations

import re


def masked(text: str) -> str:
    """The text with `*` for numbers and ids."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "*", text)


def is_at(cause: str, place: str) -> bool:
    """Whether a cause names a place, a pointer, and no other; what is wrong may follow it."""
    named = masked(place)
    return cause == named or (cause.startswith(f"{named} ") and ", /" not in cause)
