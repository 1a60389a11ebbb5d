"""What one change is: its kind, where it stands in both documents, and whom it breaks.

There are two sides. Clients were written against the old document and meet a server that speaks
the new one; servers speak the old one and meet clients that were made from the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.diagnostics import Rule


class Verdict(StrEnum):
    """What a change does to one side."""

    BREAKING = "breaking"
    RISKY = "risky"
    SAFE = "safe"


class Direction(StrEnum):
    """Who sends the value that a schema describes."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a side may notice; its rule says what kind of thing.

    The pointers are into the effective documents. `old` is None for what is new, `new` for what is
    gone; the place around it is then where a reader is sent.
    """

    rule: Rule
    message: str
    old: str | None
    new: str | None
    clients: Verdict
    """Of clients that were written against the old document, with a server of the new one."""
    servers: Verdict
    """Of servers that speak the old document, with clients of the new one."""
    operations: tuple[str, ...] = ()
    """The operations that meet it, as `POST /completion-messages`; nothing for all of them."""
    sent: bool = field(default=False, compare=False)
    """Whether it is about values that clients send; only what is within schemas says so."""
    answered: bool = field(default=False, compare=False)
    """Whether it is about values that clients are answered; the same."""

    @property
    def direction(self) -> Direction | None:
        """Who sends the values that it is about; None if both do, or if it is about no schema."""
        if self.sent == self.answered:
            return None
        return Direction.REQUEST if self.sent else Direction.RESPONSE

    def turned(self) -> Change:
        """The same where the API calls its clients: each side has the other's part."""
        return replace(self, clients=self.servers, servers=self.clients)
