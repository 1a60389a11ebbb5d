"""What was asked of a contract test.

Knows nothing of how it is done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.contract.findings.findings import FailedCheck


@dataclass(frozen=True, slots=True)
class Profile:
    """How much is tried: random requests and sequences an operation, examples a scenario."""

    name: str
    max_examples: int
    max_sequences: int
    scenario_examples: int


PROFILES: Final = {
    "quick": Profile("quick", max_examples=15, max_sequences=8, scenario_examples=2),
    "default": Profile("default", max_examples=100, max_sequences=60, scenario_examples=6),
    "deep": Profile("deep", max_examples=1000, max_sequences=500, scenario_examples=50),
}


@dataclass(frozen=True, slots=True)
class Options:
    """Without a URL, the project's own server is tested.

    `report` is a folder; `replay` is the command that makes the same run again. `only` and `skip`
    name operations by id, tag or a pattern of `POST /path`. `shard` is which of how many. `rate` is
    as `100/s`; `timeout` of one answer, `max_response_time` and `max_time` are in seconds. `until`
    ends the run at the first failure that it is true of.
    """

    url: str | None
    key: str | None = field(repr=False)
    seed: int
    profile: Profile
    report: Path
    replay: str
    other_key: str | None = field(default=None, repr=False)
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    read_only: bool = False
    shard: tuple[int, int] = (1, 1)
    workers: int = 1
    rate: str | None = None
    timeout: float = 30.0
    max_response_time: float | None = None
    max_time: int | None = None
    until: Callable[[FailedCheck], bool] | None = None
