"""Rules on what one version of OpenAPI says in a way that another does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .check import Check

CHECKS: Final[tuple[Check, ...]] = ()
