"""The checks of this subject, one module after the other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import bounds, codes, fields, lists, names, notes, relations, values

if TYPE_CHECKING:
    from specloom.lint.check import Check

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        notes.CHECKS,
        values.CHECKS,
        bounds.CHECKS,
        lists.CHECKS,
        relations.CHECKS,
        fields.CHECKS,
        codes.CHECKS,
        names.CHECKS,
    )
)
