"""Texts that break servers: long, unusual, empty, and those that look like something else.

Knows nothing of where they are put.
"""

from __future__ import annotations

from typing import Final

LONG: Final = {"4,001 characters": "a" * 4001, "100,000 characters": "lorem " * 16_667}
"""Just past a limit that is often guessed, and past those of databases."""

UNUSUAL: Final = {
    "unusual characters": (
        "\U0001d11e\U0001f469\u200d\U0001f680 e\u0301\u0323 \u202eabc\u202c \u200b\u2060 \ufffd "
        "a\ufeffb \u2028 \ue000 \x1b\x7f \u0130\u00df"
    ),
    "the character U+0000": "a\0b",
    "a surrogate that stands alone": "a\ud800b",
}
"""Astral, joined, combining, right to left, invisible, private, of no Unicode text at all."""

EMPTY: Final = {"an empty text": "", "a blank text": " \t "}
NUMERIC: Final = {"digits": "12345", "1e5": "1e5", "-0": "-0", "true": "true", "null": "null"}
"""Texts that a careless reader takes for another type."""

TELLING: Final = {
    "4,001 characters", "unusual characters", "the character U+0000", "an empty text", "digits",
}  # fmt: skip
"""The first to try."""
