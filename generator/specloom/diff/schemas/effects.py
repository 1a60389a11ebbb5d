"""What a change does to the values that a schema allows into whom that breaks.

Either side breaks where it is sent what it was not promised, or refused what it was (decision
0022). Exchange old and new, and each side has the other's part.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diff.change import Direction, Verdict

from . import rules

if TYPE_CHECKING:
    from specloom.diagnostics import Rule

    from .form import Child

Verdicts = tuple[Verdict, Verdict]
"""Of clients, and of servers."""


class Effect(Enum):
    """What becomes of the values that are allowed."""

    NARROWS = "narrows"
    WIDENS = "widens"
    CHANGES = "changes"
    EXTENDS = "extends"
    """More of a kind of which a reader should expect more."""
    REDUCES = "reduces"
    SETTLES = "settles"
    """Fewer, of which nobody thought that they were allowed."""
    UNSETTLES = "unsettles"
    UNKNOWN = "unknown"
    TOLD = "told"
    """No value is concerned."""
    RISKS_CLIENTS = "risks clients"
    RISKS_SERVERS = "risks servers"


def opposite(effect: Effect) -> Effect:
    """The effect of the same with old and new exchanged."""
    return _OPPOSITES.get(effect, effect)


class Told(NamedTuple):
    """One difference; `old` or `new` is None where there is nothing to point to."""

    rule: Rule
    message: str
    old: str | None
    new: str | None
    effect: Effect | Verdicts
    within: str | None = None
    """What a reader knows it by, if not by the place itself; in the same document."""


class Pair(NamedTuple):
    """Two schemas to be compared for themselves."""

    old: Child
    new: Child


Step = Told | Pair


def verdicts(effect: Effect | Verdicts, direction: Direction) -> Verdicts:
    """Whom an effect breaks, by who sends the value."""
    if isinstance(effect, tuple):
        return effect
    return _VERDICTS[direction].get(effect) or _EITHER[effect]


def moves_values(told: Told) -> bool:
    """Whether a value that is valid on one side may not be on the other.

    A property that may be left out and may not be refused is passed over: it has a name of its own.
    """
    if isinstance(told.effect, tuple):
        return Verdict.BREAKING in told.effect
    return told.effect in _MOVING and told.rule is not rules.OVERLAPPING


_BREAKING, _RISKY, _SAFE = Verdict.BREAKING, Verdict.RISKY, Verdict.SAFE
_MOVING: Final = {
    Effect.NARROWS, Effect.WIDENS, Effect.CHANGES, Effect.EXTENDS, Effect.REDUCES, Effect.UNKNOWN,
    Effect.SETTLES, Effect.UNSETTLES,
}  # fmt: skip
_OPPOSITES: Final = {
    Effect.NARROWS: Effect.WIDENS,
    Effect.WIDENS: Effect.NARROWS,
    Effect.EXTENDS: Effect.REDUCES,
    Effect.REDUCES: Effect.EXTENDS,
    Effect.SETTLES: Effect.UNSETTLES,
    Effect.UNSETTLES: Effect.SETTLES,
    Effect.RISKS_CLIENTS: Effect.RISKS_SERVERS,
    Effect.RISKS_SERVERS: Effect.RISKS_CLIENTS,
}
_EITHER: Final[dict[Any, Verdicts]] = {
    Effect.CHANGES: (_BREAKING, _BREAKING),
    Effect.UNKNOWN: (_RISKY, _RISKY),
    Effect.TOLD: (_SAFE, _SAFE),
    Effect.RISKS_CLIENTS: (_RISKY, _SAFE),
    Effect.RISKS_SERVERS: (_SAFE, _RISKY),
}
_VERDICTS: Final[dict[Direction, dict[Any, Verdicts]]] = {
    Direction.REQUEST: {
        Effect.NARROWS: (_BREAKING, _SAFE),
        Effect.REDUCES: (_BREAKING, _SAFE),
        Effect.WIDENS: (_SAFE, _BREAKING),
        Effect.EXTENDS: (_SAFE, _BREAKING),
        Effect.SETTLES: (_RISKY, _SAFE),
        Effect.UNSETTLES: (_SAFE, _RISKY),
    },
    Direction.RESPONSE: {
        Effect.NARROWS: (_SAFE, _BREAKING),
        Effect.REDUCES: (_SAFE, _RISKY),
        Effect.WIDENS: (_BREAKING, _SAFE),
        Effect.EXTENDS: (_RISKY, _SAFE),
        Effect.SETTLES: (_SAFE, _RISKY),
        Effect.UNSETTLES: (_RISKY, _SAFE),
    },
}
