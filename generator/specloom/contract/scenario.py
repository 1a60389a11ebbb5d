"""What a project knows of its server beside the document, in the form in which a run takes it.

A project imports this, and gives `SCENARIOS` in the files that `[contract] scenarios` names. It
knows nothing of documents, nor of how a scenario speaks to a server.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specloom.contract.exchanges.exchange import Exchange


class Strayed(AssertionError):  # noqa: N818 - it is the server that errs
    """The server strays in an operation, by its id: which check says so, and how."""

    def __init__(self, check: str, operation: str, message: str) -> None:
        """Say what is wrong with the last answer."""
        super().__init__(f"{operation}: {message}")
        self.check, self.operation, self.message = check, operation, message


class Skipped(Exception):  # noqa: N818 - it is no error
    """The scenario can't be tried on this server; the text says why."""


def _ignore(_exchange: Exchange) -> None:
    """Record nothing."""


@dataclass(frozen=True, slots=True)
class Server:
    """The server under test; the same seed makes the same requests.

    `other_key` opens another app, account or tenant. `examples` is how often chance may be tried.
    `stops` are the bodies of `[[contract.stops]]`, by operation: each asks for a long stream.
    `record` takes each exchange that led to what is found. At the `deadline`, a
    `time.monotonic()`, no answer is waited for any longer.
    """

    url: str
    key: str | None = field(default=None, repr=False)
    other_key: str | None = field(default=None, repr=False)
    seed: int = 1
    examples: int = 8
    stops: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    record: Callable[[Exchange], None] = _ignore
    deadline: float = math.inf


@dataclass(frozen=True, slots=True)
class Scenario:
    """A sequence of requests, and what must be true of the answers.

    `run` raises Strayed, or Skipped. `checks` are the names that Strayed may bear, each with what
    it means. `operations` are the ids that it needs; the first is the one that it is about, and
    that Strayed is taken to mean if it names none of them. One that `reads_only` changes nothing.
    """

    name: str
    checks: Mapping[str, str]
    run: Callable[[Server], None]
    operations: tuple[str, ...]
    reads_only: bool = False


def require(met: object, check: str, operation: str, message: str) -> None:
    """Raise Strayed unless a condition is met."""
    if not met:
        raise Strayed(check, operation, message)
