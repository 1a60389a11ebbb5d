"""The checks of this subject, one module after the other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import event_texts, streams

if TYPE_CHECKING:
    from specloom.lint.check import Check

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        streams.CHECKS,
        event_texts.CHECKS,
    )
)
