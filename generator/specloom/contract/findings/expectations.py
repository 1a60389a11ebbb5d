"""What `[[contract.expectations]]` accept of a failed check, and which of them were of use.

Knows nothing of how a check fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from specloom.document.pointer import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.contract.plan.settings import Expectation
    from specloom.contract.requests.request_faults import RequestFault


@dataclass(frozen=True, slots=True)
class Failed:
    """A failed check: what was asked, what is wrong with that by the document, what came back."""

    operation: str
    check: str
    status: int
    answer: str
    request: Any
    faults: Sequence[RequestFault]


@dataclass(slots=True)
class Expectations:
    """The expectations of a run."""

    entries: Sequence[Expectation]
    _used: set[int] = field(default_factory=set)

    def accept(self, failed: Failed) -> bool:
        """Whether a failure was to be expected.

        One expectation is enough if it says nothing of places in the request. Those that do
        must together account for all that is wrong with the request.
        """
        fitting = [index for index, entry in enumerate(self.entries) if _fits(entry, failed)]
        plain = [index for index in fitting if self.entries[index].at is None]
        placed = [index for index in fitting if index not in plain]
        by_fault = [
            [index for index in placed if _covers(self.entries[index], fault)]
            for fault in failed.faults
        ]
        if plain:
            self._used.update(plain)
        elif by_fault and all(by_fault):
            self._used.update(*by_fault)
        else:
            return False
        return True

    @property
    def unused(self) -> list[Expectation]:
        """Those that nothing fitted."""
        return [entry for index, entry in enumerate(self.entries) if index not in self._used]


def _fits(entry: Expectation, failed: Failed) -> bool:
    return (
        (entry.operation, entry.check, entry.status)
        == (failed.operation, failed.check, failed.status)
        and (entry.answer is None or re.search(entry.answer, failed.answer) is not None)
        and jsonschema_rs.Draft202012Validator(entry.request).is_valid(failed.request)
    )


def _covers(entry: Expectation, fault: RequestFault) -> bool:
    return (not entry.type or fault.type in entry.type) and _is_below(fault.pointer, entry.at or "")


@cache
def _is_below(pointer: str, pattern: str) -> bool:
    """Whether a pointer is a pattern's place or below it; `*` stands for any token."""
    places, wanted = tokens(pointer), tokens(pattern)
    return len(places) >= len(wanted) and all(
        token in {"*", place} for place, token in zip(places, wanted, strict=False)
    )
