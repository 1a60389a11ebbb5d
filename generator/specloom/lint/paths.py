"""Rules on paths: their spelling, and those that are told apart by nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .check import Check

CHECKS: Final[tuple[Check, ...]] = ()
