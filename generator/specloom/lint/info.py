"""Rules on the document as a whole: what it says of itself, its texts and its names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .check import Check

CHECKS: Final[tuple[Check, ...]] = ()
