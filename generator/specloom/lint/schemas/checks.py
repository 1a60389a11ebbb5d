"""The checks of this subject, one module after the other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import (
    all_of,
    bounds,
    discriminators,
    enums,
    limits,
    mappings,
    patterns,
    required,
    style,
    typed,
    union_tags,
    unions,
    vocabulary,
)

if TYPE_CHECKING:
    from specloom.lint.check import Check

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        vocabulary.CHECKS,
        union_tags.CHECKS,
        discriminators.CHECKS,
        mappings.CHECKS,
        typed.CHECKS,
        enums.CHECKS,
        bounds.CHECKS,
        patterns.CHECKS,
        required.CHECKS,
        all_of.CHECKS,
        unions.CHECKS,
        limits.CHECKS,
        style.CHECKS,
    )
)
