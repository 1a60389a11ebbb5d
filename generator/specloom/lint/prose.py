"""Rules on what is told in prose and missing in the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .check import Check

CHECKS: Final[tuple[Check, ...]] = ()
