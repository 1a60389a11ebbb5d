"""The checks of this subject, one module after the other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import encodings, example_objects, examples, media_types

if TYPE_CHECKING:
    from specloom.lint.check import Check

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        examples.CHECKS,
        example_objects.CHECKS,
        encodings.CHECKS,
        media_types.CHECKS,
    )
)
