"""What a method takes into what a program that calls it notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.markdown import code

from .annotations import Relation, relation, renamed, told
from .change import ClientChange, Level, kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.diagnostics import Rule
    from specloom.ir import Argument

    from .methods import Called

ADDED = kind(
    "DIF830",
    "client-argument-added",
    "a method takes one argument more",
    "All arguments are given by name, so programs that don't give it go on working.",
)
ADDED_REQUIRED = kind(
    "DIF831",
    "client-required-argument-added",
    "a method needs one argument more",
    "Every call without it fails. An API stays compatible by adding what may be left out.",
)
REMOVED = kind(
    "DIF832",
    "client-argument-removed",
    "a method takes an argument no more",
    "Every call with it fails. `extra_body`, `extra_query` and `extra_headers` still send it.",
)
RENAMED = kind(
    "DIF833",
    "client-argument-renamed",
    "an argument of a method has another name",
    "The wire is the same, but every call that gives the argument must be changed. Names change "
    "where another parameter or property of the same name comes or goes.",
)
REQUIRED = kind(
    "DIF834",
    "client-argument-required",
    "an argument must be given now",
    "Every call without it fails: to a type checker, and when it runs.",
)
OPTIONAL = kind(
    "DIF835",
    "client-argument-optional",
    "an argument may be left out now",
    "Programs go on working, and give it as before.",
)
WIDENED = kind(
    "DIF836",
    "client-argument-widened",
    "an argument takes more than before",
    "Programs go on working: what they give is still taken.",
)
NARROWED = kind(
    "DIF837",
    "client-argument-narrowed",
    "an argument takes less than before",
    "Calls that give the rest fail: to a type checker, and when the value is checked.",
)
CHANGED = kind(
    "DIF838",
    "client-argument-changed",
    "an argument takes another type",
    "Every call that gives the argument must be changed.",
)
DEFAULT_CHANGED = kind(
    "DIF839",
    "client-default-changed",
    "the server takes another value for an argument that is left out",
    "The client sends nothing for what is left out, so the calls are the same; what the server "
    "does for them may not be.",
)

RULES = (
    ADDED,
    ADDED_REQUIRED,
    REMOVED,
    RENAMED,
    REQUIRED,
    OPTIONAL,
    WIDENED,
    NARROWED,
    CHANGED,
    DEFAULT_CHANGED,
)

_BY_RELATION: Final = {
    Relation.WIDER: (WIDENED, Level.MINOR),
    Relation.NARROWER: (NARROWED, Level.MAJOR),
    Relation.OTHER: (CHANGED, Level.MAJOR),
}


def argument_changes(
    old: Called, new: Called, class_names: Mapping[str, str]
) -> Iterator[ClientChange]:
    """What became of the arguments of one method."""
    before, after = old.arguments, new.arguments
    pairs = {name: name for name in before if name in after}
    there = {place: name for name, place in new.places.items() if name not in pairs}
    for name in before:
        twin = None if name in pairs else there.get(old.places.get(name, ""))
        if twin:
            pairs[name] = twin
            yield _change(RENAMED, new, twin, f"was `{name}` before", Level.MAJOR)
    for name in before:
        if name in pairs:
            yield from _compared(before[name], after[pairs[name]], new, class_names)
        else:
            yield _change(REMOVED, old, name, "is gone", Level.MAJOR)
    known = set(pairs.values())
    for name, argument in after.items():
        if name not in known and argument.required:
            yield _change(ADDED_REQUIRED, new, name, "is new, and must be given", Level.MAJOR)
        elif name not in known:
            yield _change(ADDED, new, name, "is new, and may be left out", Level.MINOR)


def _compared(
    old: Argument, new: Argument, called: Called, class_names: Mapping[str, str]
) -> Iterator[ClientChange]:
    if new.required and not old.required:
        yield _change(REQUIRED, called, new.name, "must be given now", Level.MAJOR)
    elif old.required and not new.required:
        yield _change(OPTIONAL, called, new.name, "may be left out now", Level.MINOR)
    before = renamed(old.annotation, class_names)
    how = _BY_RELATION.get(relation(before, new.annotation))
    if how:
        said = told(before, new.annotation, "takes")
        yield _change(how[0], called, new.name, said, how[1])
    if old.default != new.default and not new.required and not old.required:
        now, was = (code(value) if value else "nothing" for value in (new.default, old.default))
        said = f"left out, means {now} to the server, no more {was}"
        yield _change(DEFAULT_CHANGED, called, new.name, said, Level.PATCH)


def _change(rule: Rule, called: Called, name: str, said: str, level: Level) -> ClientChange:
    where = f"{called.where}({name})"
    message = f"`{called.where}()`: `{name}` {said}"
    wire = called.wires.get(name, "")
    return ClientChange(rule, message, level, where, called.operation, wire=wire)
