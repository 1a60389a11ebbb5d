"""The properties of two objects: which came and went, and which must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diff.change import Direction, Verdict

from . import rules
from .effects import Effect, Pair, Step, Told, Verdicts
from .scalars import place
from .words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .declared import Declared
    from .form import Child


def properties(old: Declared, new: Declared, direction: Direction) -> Iterator[Step]:
    """What changed in the properties that are named."""
    olds, news = old.said("properties"), new.said("properties")
    for name in {**news, **olds}:
        if name not in olds:
            yield from _added(name, old, new, direction)
        elif name not in news:
            yield from _removed(name, old, new, direction)
        elif not (old.is_passed_over(olds[name]) and new.is_passed_over(news[name])):
            yield from _required(name, old, new)
            yield Pair(olds[name], news[name])
    for name in sorted((old.required ^ new.required) - olds.keys() - news.keys()):
        yield from _required(name, old, new)


def _required(name: str, old: Declared, new: Declared) -> Iterator[Step]:
    was, is_ = old.must_have(name), new.must_have(name)
    if was == is_:
        return
    rule = rules.REQUIRED if is_ else rules.OPTIONAL
    message = f"{quoted(name)} is {'now' if is_ else 'no longer'} required"
    effect = Effect.NARROWS if is_ else Effect.WIDENS
    yield Told(rule, message, old.place_of(name), new.place_of(name), effect)


def _added(name: str, old: Declared, new: Declared, direction: Direction) -> Iterator[Step]:
    child: Child = new.said("properties")[name]
    if new.is_passed_over(child):
        return
    before = old.undeclared(name)
    is_closed = old.refuses(before)
    if before and not is_closed:
        yield Pair(before, child)
    must = name in new.required and name not in old.required
    message = f"{'required property' if must else 'property'} {quoted(name)} added"
    effect = _of_more(direction, must=must, is_closed=is_closed)
    yield Told(rules.PROPERTY_ADDED, message, None, new.place_of(name), effect)
    if name in old.required and name not in new.required:
        yield from _required(name, old, new)


def _removed(name: str, old: Declared, new: Declared, direction: Direction) -> Iterator[Step]:
    child: Child = old.said("properties")[name]
    if old.is_passed_over(child):
        return
    after = new.undeclared(name)
    is_closed = new.refuses(after)
    if after and not is_closed:
        yield Pair(child, after)
    must = name in old.required and name not in new.required
    message = f"{'required property' if must else 'property'} {quoted(name)} taken away"
    clients, servers = _of_more(direction, must=must, is_closed=is_closed)
    yield Told(rules.PROPERTY_REMOVED, message, old.place_of(name), None, (servers, clients))
    if name in new.required and name not in old.required:
        yield from _required(name, old, new)


def _of_more(direction: Direction, *, must: bool, is_closed: bool) -> Verdicts:
    """Whom a property more breaks, by whether the object of before refuses what it doesn't name."""
    if direction is Direction.REQUEST:
        clients = Verdict.BREAKING if must else Verdict.SAFE
        return clients, Verdict.BREAKING if is_closed else Verdict.RISKY
    servers = Verdict.BREAKING if must else Verdict.RISKY
    return Verdict.RISKY if is_closed else Verdict.SAFE, servers


def others(old: Declared, new: Declared) -> Iterator[Step]:
    """What changed in what is asked of properties that are not named, and of names."""
    olds, news = old.said("patternProperties"), new.said("patternProperties")
    for pattern, child in news.items():
        if pattern in olds:
            yield Pair(olds[pattern], child)
    if olds.keys() != news.keys() or _keys_differ(old.rest, new.rest):
        message = f"the patterns of names were {_shown(olds)}, are {_shown(news)}"
        places = place(old.form, "patternProperties"), place(new.form, "patternProperties")
        yield Told(rules.PATTERNS, message, *places, Effect.UNKNOWN)
    yield from _rest(old, new)
    names = old.said("propertyNames") or (), new.said("propertyNames") or ()
    if any(names):
        yield Pair(*names)


def _rest(old: Declared, new: Declared) -> Iterator[Step]:
    before, after = old.all_rest, new.all_rest
    states = _state(old, before), _state(new, after)
    if states[0] == states[1]:
        if before or after:
            yield Pair(before, after)
        return
    rule = rules.CLOSED if states[1] > states[0] else rules.OPENED
    effect = Effect.NARROWS if rule is rules.CLOSED else Effect.WIDENS
    message = f"other properties are {_STATES[states[1]]}, were {_STATES[states[0]]}"
    yield Told(rule, message, old.place_of_rest, new.place_of_rest, effect)


_STATES: Final = ("allowed", "held to a schema", "refused")


def _state(side: Declared, rest: Child) -> int:
    if side.refuses(rest):
        return 2
    return 1 if side.asks(rest) else 0


def _keys_differ(old: dict[Any, Any], new: dict[Any, Any]) -> bool:
    return bool(old) and bool(new) and old.keys() != new.keys()


def _shown(patterns: dict[str, Any]) -> str:
    return ", ".join(map(quoted, sorted(patterns))) or "none"
