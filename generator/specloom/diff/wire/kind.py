"""A kind of change whose verdicts are always the same: its rule, and whom it breaks.

Decision 0022 has the table and the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from specloom.diagnostics import Rule, Severity
from specloom.diff.change import Change, Verdict

BREAKING: Final = Verdict.BREAKING
RISKY: Final = Verdict.RISKY
SAFE: Final = Verdict.SAFE


@dataclass(frozen=True, slots=True)
class Kind:
    """What a change is called, and what it does to clients and to servers."""

    rule: Rule
    clients: Verdict
    servers: Verdict

    def change(self, message: str, old: str | None, new: str | None) -> Change:
        """A change of this kind between two places; None where there is no such place."""
        return Change(self.rule, message, old, new, self.clients, self.servers)


def kind(name: str, clients: Verdict, servers: Verdict, summary: str, explanation: str) -> Kind:
    """A kind by its code and name, as `DIF100 operation-removed`."""
    code, _, name = name.partition(" ")
    return Kind(Rule(code, name, summary, explanation, Severity.INFO), clients, servers)
