"""How long an answer is waited for: less, the more of them have not come.

So a server that hangs is found out in a minute, and not in hours. Knows nothing of who waits.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

SHORTEST: Final = 1.0
"""Seconds that are waited at least, unless the timeout itself is shorter."""

_IN_A_ROW: Final = 5
_SILENCE: Final = 10
# An operation that answers slowly is given so many times what its slowest answer took.
_ALLOWANCE: Final = 4


@dataclass(slots=True)
class Patience:
    """The wait for each operation, which may go by any name; `timeout` is in seconds.

    Each answer that doesn't come quarters the wait, but an operation is always given four times
    what its slowest answer took.
    """

    timeout: float
    _missed: Counter[str] = field(default_factory=Counter)
    _in_a_row: Counter[str] = field(default_factory=Counter)
    _silence: int = 0
    _slowest: dict[str, float] = field(default_factory=dict)
    _waiting: dict[str, tuple[float, float]] = field(default_factory=dict)

    def begin(self, operation: str) -> float:
        """The seconds to wait for an answer that is about to be asked for."""
        self.settle(operation)
        missed = max(self._missed[operation], self._silence)
        allowed = max(SHORTEST, _ALLOWANCE * self._slowest.get(operation, 0.0))
        seconds = min(self.timeout, max(allowed, self.timeout / 4.0 ** min(missed, 30)))
        self._waiting[operation] = time.monotonic(), seconds
        return seconds

    def answered(self, operation: str) -> None:
        """An answer came, and came to its end."""
        started, _ = self._waiting.pop(operation, (time.monotonic(), 0.0))
        took = time.monotonic() - started
        self._slowest[operation] = max(took, self._slowest.get(operation, 0.0))
        self._in_a_row[operation] = self._silence = 0

    def is_spent(self, operation: str) -> bool:
        """Whether so many answers in a row did not come that no more should be asked for."""
        self.settle(operation)
        return self._in_a_row[operation] >= (1 if self.is_silent else _IN_A_ROW)

    @property
    def is_silent(self) -> bool:
        """Whether no operation at all has answered for long."""
        return self._silence >= _SILENCE

    def renew(self) -> None:
        """Give each operation one more try, as where another phase begins."""
        for operation in list(self._in_a_row):
            if self.is_spent(operation):
                self._in_a_row[operation] = 0 if self.is_silent else _IN_A_ROW - 1

    def settle(self, operation: str) -> None:
        """Note that no answer came, if there was none; what failed at once is no matter of time."""
        started, seconds = self._waiting.pop(operation, (time.monotonic(), math.inf))
        if time.monotonic() - started >= seconds:
            self._missed[operation] += 1
            self._in_a_row[operation] += 1
            self._silence += 1
