"""The checks of this subject, one module after the other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import (
    callbacks,
    consistency,
    links,
    media_choice,
    methods,
    operations,
    paging,
    refusals,
    responses,
    security,
    security_schemes,
    statuses,
)

if TYPE_CHECKING:
    from specloom.lint.check import Check

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        operations.CHECKS,
        methods.CHECKS,
        callbacks.CHECKS,
        links.CHECKS,
        security.CHECKS,
        security_schemes.CHECKS,
        refusals.CHECKS,
        responses.CHECKS,
        statuses.CHECKS,
        media_choice.CHECKS,
        paging.CHECKS,
        consistency.CHECKS,
    )
)
