"""Rules on what the document says in two places in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .check import Check

CHECKS: Final[tuple[Check, ...]] = ()
