"""Turns a text into the pieces in which a model gives it; joined, they are the text again."""

import re

PIECE = re.compile(r"\s*(?:'?\w{1,24}|[^\w\s])|\s+")


def pieces(text: str) -> list[str]:
    """Cut a text into words and marks; a space belongs to the word that follows it."""
    return PIECE.findall(text)
