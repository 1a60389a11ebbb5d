"""A message, in which backticks stand around what a document says, into Markdown."""

from __future__ import annotations

from specloom.markdown import code, prose


def spans(message: str) -> str:
    """The message with code spans; whatever a document says, it does nothing but be shown.

    A name with a backtick of its own moves the spans, and is shown all the same.
    """
    parts = message.split("`")
    if len(parts) % 2 == 0:
        return prose(message)
    return "".join(
        code(part) if at % 2 and part.strip() else _kept(part) for at, part in enumerate(parts)
    )


def _kept(text: str) -> str:
    """Prose with the spaces at its ends."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return " " * before + prose(text) + " " * (after and bool(text.strip()))
