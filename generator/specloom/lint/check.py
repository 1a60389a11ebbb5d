"""What a rule is to the lint stage: the kind of node that it looks at, and what it finds there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.diagnostics import Rule
    from specloom.document.walk import Node

    from .scope import Scope


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a pointer of the document; its line is looked up only when reported."""

    pointer: str
    message: str
    hint: str | None = None
    also: tuple[str, ...] = ()
    """The pointers of other places where the same is wrong."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and how it is checked at every node of a kind (`document.walk.FIELDS`)."""

    rule: Rule
    kind: str
    find: Callable[[Node, Scope], Iterator[Finding]]
    as_written: bool = False
    """Whether it looks at the upstream document in its own version, before it is lifted to 3.2."""


def rules_of(checks: tuple[Check, ...]) -> tuple[Rule, ...]:
    """The rules of some checks, each once though it may look at several kinds of nodes."""
    return tuple(dict.fromkeys(check.rule for check in checks))
