"""Answers as text that is the same for answers that differ by chance only: ids, times, latency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.unit.server.asgi_client import Answer

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
SECONDS = re.compile(r"\b1[0-9]{9}\b")
VARYING = {
    re.compile(r'("latency": ?)[0-9][0-9.e-]*'): r"\1L",
    re.compile(r"\b20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?"): "DATE",
    re.compile(r"\b(nonce|sign)=[0-9a-f]{32}"): r"\1=N",
}


def comparable(answers: Iterable[Answer]) -> str:
    """Name ids by the order in which they come; so too, within one answer, seconds since 1970."""
    # Two answers may fall into one second or into two.
    shown = (_numbered(SECONDS, "T", answer.shown()) for answer in answers)
    text = _numbered(UUID, "U", "\n".join(shown))
    for pattern, replacement in VARYING.items():
        text = pattern.sub(replacement, text)
    return text


def _numbered(pattern: re.Pattern[str], letter: str, text: str) -> str:
    seen: dict[str, str] = {}
    return pattern.sub(lambda found: seen.setdefault(found[0], f"{letter}{len(seen)}"), text)
