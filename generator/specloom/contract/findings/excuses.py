"""The known faults that a run may meet: which failures they excuse, and which were not met.

Knows nothing of where exchanges come from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from specloom.contract.answers.operations import Addressed
    from specloom.contract.exchanges.exchange import Exchange

    from .known_faults import KnownFault

Unmet = tuple["KnownFault", str]
"""A known fault, and the version that it was said of."""


class Excuses:
    """The known faults of a run, and what was met of them so far."""

    def __init__(self, faults: Sequence[KnownFault]) -> None:
        """Nothing is met yet."""
        self._faults = faults
        self._met: set[Unmet] = set()

    def reason(
        self, check: str, cause: str, exchange: Exchange, addressed: Addressed
    ) -> str | None:
        """Why a failure was to be expected, or None."""
        found = [
            fault for fault in self._faults if fault.excuses(check, cause, exchange, addressed)
        ]
        for fault in found:
            versions = (exchange.version,) if exchange.version else fault.versions
            self._met.update((fault, version) for version in versions)
        return found[0].reason if found else None

    def unmet(self, versions: Collection[str] | None = None) -> list[Unmet]:
        """The faults that nothing showed: those of some versions, or of any."""
        return [
            (fault, version)
            for fault in self._faults
            for version in fault.versions
            if (versions is None or version in versions) and (fault, version) not in self._met
        ]
