"""The checks of this subject, one module after the other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import pairs, parameter_lists, parameters, path_parameters, paths

if TYPE_CHECKING:
    from specloom.lint.check import Check

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        paths.CHECKS,
        pairs.CHECKS,
        path_parameters.CHECKS,
        parameter_lists.CHECKS,
        parameters.CHECKS,
    )
)
