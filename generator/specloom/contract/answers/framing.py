"""The bytes of a `text/event-stream` into what is wrong with their framing (WHATWG HTML §9.2.6).

A parser would forgive all of it, and lose something. Knows nothing of what the events say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS: Final = {"data", "event", "id", "retry"}
_SHOWN: Final = 60


def framing_faults(body: bytes, *, whole: bool = True) -> Iterator[str]:
    """What is wrong with the framing of a stream; of one that was cut short the end is not held."""
    try:
        text = body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        yield f"the stream is not UTF-8 at byte {error.start}"
        return
    lines = re.split(r"\r\n|\n|\r", text)
    if whole and text and lines[-2:] != ["", ""]:
        yield "the stream stops within an event: there is no blank line at its end"
    for line in lines:
        name = line.partition(":")[0]
        if name and name not in FIELDS:
            yield f"a line is no field of an event: {line[:_SHOWN]!r}"
