"""Pairs of methods into what a program notices: other names, other results, what is gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .annotations import Relation, added, classes, relation, renamed, shown, told
from .change import ClientChange, Level, kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.diagnostics import Rule

    from .methods import Called, Matched

RESOURCE_RENAMED = kind(
    "DIF812",
    "client-resource-renamed",
    "a group of methods stands under another name",
    "The attribute of the client is made of the operations' tag. Programs that call any of its "
    "methods must be changed.",
)
METHOD_ADDED = kind(
    "DIF820",
    "client-method-added",
    "the client has a new method",
    "Programs that are there already don't call it.",
)
METHOD_REMOVED = kind(
    "DIF821",
    "client-method-removed",
    "a method of the client is gone",
    "Programs that call it fail. It stays in the versions of the client that were made before.",
)
METHOD_RENAMED = kind(
    "DIF822",
    "client-method-renamed",
    "a method of the client has another name",
    "The name is made of the `operationId`, the attribute before it of the tag. The wire is the "
    "same, but programs must be changed; keep the `operationId` if nothing asks for another.",
)
METHOD_DEPRECATED = kind(
    "DIF823",
    "client-method-deprecated",
    "a method of the client is deprecated now, or no more",
    "Programs go on working; type checkers and linters warn of a deprecated one.",
)
RESULT_CHANGED = kind(
    "DIF840",
    "client-result-changed",
    "a method gives another type",
    "Programs that read the result must be changed.",
)
RESULT_WIDENED = kind(
    "DIF841",
    "client-result-widened",
    "a method may give more than before",
    "Programs may meet a type that they don't expect. One model more in a union of several, or a "
    "literal more, is what careful programs expect anyhow, and breaks none.",
)
RESULT_NARROWED = kind(
    "DIF842",
    "client-result-narrowed",
    "a method gives less than before",
    "Programs go on working; what they did for the rest is never reached.",
)

RULES = (
    RESOURCE_RENAMED,
    METHOD_ADDED,
    METHOD_REMOVED,
    METHOD_RENAMED,
    METHOD_DEPRECATED,
    RESULT_CHANGED,
    RESULT_WIDENED,
    RESULT_NARROWED,
)


def moves(calls: Sequence[Matched]) -> dict[str, str]:
    """The attributes of the client all of whose methods stand under one new attribute now."""
    pairs = [(call.old.attribute, call.new.attribute) for call in calls if call.old and call.new]
    times, totals = Counter(pairs), Counter(old for old, _ in pairs)
    old = {call.old.attribute for call in calls if call.old}
    new = {call.new.attribute for call in calls if call.new}
    return {
        was: now
        for (was, now), number in times.items()
        if number == totals[was] and was and now and was not in new and now not in old
    }


def resources(moved: Mapping[str, str], calls: Sequence[Matched]) -> Iterator[ClientChange]:
    """The groups of methods that stand under another name, each told once."""
    for was, now in moved.items():
        count = sum(bool(call.old and call.new and call.old.attribute == was) for call in calls)
        methods = "its method" if count == 1 else f"its {count} methods"
        yield ClientChange(
            RESOURCE_RENAMED,
            f"`client.{was}` is `client.{now}` now, with {methods}",
            Level.MAJOR,
            f"client.{now}",
        )


def call_changes(
    call: Matched, moved: Mapping[str, str], class_names: Mapping[str, str]
) -> Iterator[ClientChange]:
    """What became of one method, but for its arguments."""
    if call.new is None and call.old:
        yield _change(METHOD_REMOVED, call.old, "is gone", Level.MAJOR)
    elif call.old is None and call.new:
        yield _change(METHOD_ADDED, call.new, "is new", Level.MINOR)
    elif call.old and call.new:
        yield from _renamed(call.old, call.new, moved)
        yield from _deprecated(call.old, call.new)
        yield from _result(call.old, call.new, class_names)


def _renamed(old: Called, new: Called, moved: Mapping[str, str]) -> Iterator[ClientChange]:
    attribute = moved.get(old.attribute, old.attribute)
    if (attribute, old.name) != (new.attribute, new.name):
        yield _change(METHOD_RENAMED, new, f"was `{old.where}` before", Level.MAJOR)


def _deprecated(old: Called, new: Called) -> Iterator[ClientChange]:
    if new.method.deprecated and not old.method.deprecated:
        yield _change(METHOD_DEPRECATED, new, "is deprecated", Level.MINOR)
    elif old.method.deprecated and not new.method.deprecated:
        yield _change(METHOD_DEPRECATED, new, "is deprecated no more", Level.PATCH)


def _result(old: Called, new: Called, class_names: Mapping[str, str]) -> Iterator[ClientChange]:
    (held, before), (holds, after) = old.result, new.result
    before = renamed(before, class_names)
    how = relation(before, after) if held == holds else Relation.OTHER
    if how is Relation.SAME:
        return
    if held == holds:
        said = told(before, after, "gives")
    else:
        was, now = _result_type(held, before), _result_type(holds, after)
        said = f"gives {shown(now)}, no more {shown(was)}"
    if how is Relation.OTHER:
        yield _change(RESULT_CHANGED, new, said, Level.MAJOR)
    elif how is Relation.WIDER:
        level = Level.MINOR if is_expected(before, after) else Level.MAJOR
        yield _change(RESULT_WIDENED, new, said, level)
    else:
        yield _change(RESULT_NARROWED, new, said, Level.MINOR)


def is_expected(old: str, new: str) -> bool:
    """Whether programs that read a value expect that there may be more of what is new.

    They do of literals and, where there were several, of models.
    """
    several = len(classes(old)) > 1
    return all(
        member.startswith("Literal[") or (several and member.startswith("models."))
        for member in added(old, new)
    )


def _result_type(held: str, annotation: str) -> str:
    """The type of a result as a signature has it."""
    if held == "Stream":
        return f"Stream[{annotation}]"
    return annotation or held


def _change(rule: Rule, called: Called, said: str, level: Level) -> ClientChange:
    message = f"`{called.where}()` {said}"
    return ClientChange(rule, message, level, called.where, called.operation)
