"""What a run came to.

Knows nothing of how the outcome was reached, nor of the forms in which it is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Request
    from specloom.contract.findings.findings import Finding
    from specloom.contract.findings.outcome import Outcome
    from specloom.contract.plan.plan import Plan
    from specloom.contract.plan.settings import Expectation
    from specloom.contract.transport.target import Target


@dataclass(frozen=True, slots=True)
class Report:
    """A run and what it found; `replay` is the command that makes the same run again.

    `server` is what was tested, by the key of which exchanges are redacted. `client` writes a
    request as a call of the generated client, None if it has none for it.
    """

    target: str
    seed: int
    outcome: Outcome
    findings: Sequence[Finding]
    operations: Sequence[str]
    unused: Sequence[Expectation]
    replay: str
    profile: str = ""
    subject: Subject | None = None
    plan: Plan | None = None
    server: Target | None = None
    unused_known_faults: Sequence[str] = ()
    shard: tuple[int, int] = (1, 1)
    client: Callable[[Request], str | None] | None = None
    own_checks: Mapping[str, str] = field(default_factory=dict)
    """What the checks of the project's scenarios mean, by name."""
    keyed: frozenset[str] = frozenset()
    """The operations that demand a key, by their ids."""
    replayable: bool = True
    """Whether findings can be replayed; what was only looked at can't."""

    @property
    def exit_status(self) -> int:
        """1 if there is a finding that is not known, else 0."""
        return int(any(finding.example.known is None for finding in self.findings))
