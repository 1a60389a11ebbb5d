"""A message, in which backticks stand around what a document says, into Markdown."""

from __future__ import annotations

import re
from typing import Final

from specloom.markdown import code, prose

# What becomes a mention or a link by itself; no words of ours do.
_LIVE: Final = re.compile(r"[@#]\w|://|\bwww\.", re.IGNORECASE)


def spans(message: str) -> str:
    """The message with code spans; whatever a document says, it does nothing but be shown.

    A name with backticks of its own moves the spans; then all of it may become one.
    """
    parts = message.split("`")
    if len(parts) % 2 == 0 or any(_LIVE.search(part) for part in parts[::2]):
        return code(message)
    return "".join(
        code(part) if at % 2 and part.strip() else _kept(part) for at, part in enumerate(parts)
    )


def _kept(text: str) -> str:
    """Prose with the spaces at its ends."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return " " * before + prose(text) + " " * (after and bool(text.strip()))
