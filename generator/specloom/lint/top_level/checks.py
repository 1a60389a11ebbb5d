"""The checks of this subject, one module after the other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import copies, dialects, info, markdown, server_variables, servers, tags

if TYPE_CHECKING:
    from specloom.lint.check import Check

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        info.CHECKS,
        markdown.CHECKS,
        servers.CHECKS,
        server_variables.CHECKS,
        tags.CHECKS,
        dialects.CHECKS,
        copies.CHECKS,
    )
)
