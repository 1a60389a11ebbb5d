"""What changed into the next version of the client (Semantic Versioning 2.0).

Before 1.0.0 anything may change at any time (§4); as most do, what breaks programs then moves the
second number, and all else the third.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .client.change import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .client.change import ClientChange


def bump(changes: Sequence[ClientChange], *, wire: bool) -> Level | None:
    """The part of a version that moves; None if nothing changed.

    With `wire`, something changed that no program notices, but the client sends or reads.
    """
    levels = {change.level for change in changes}
    found = next((level for level in Level if level in levels), None)
    return found or (Level.PATCH if wire else None)


def next_version(version: str, level: Level | None) -> str:
    """The version after another; a pre-release becomes the release that it comes before."""
    digits = re.match(r"\d+(?:\.\d+)*", version)
    if level is None or not digits:
        return version
    numbers = [int(number) for number in digits[0].split(".")]
    major, minor, patch = (*numbers, 0, 0)[:3]
    if re.match(r"(?:a|b|rc|\.dev)\d", version[digits.end() :]):
        return f"{major}.{minor}.{patch}"
    if major == 0:
        level = Level.MINOR if level is Level.MAJOR else Level.PATCH
    if level is Level.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level is Level.MINOR else f"{major}.{minor}.{patch + 1}"
