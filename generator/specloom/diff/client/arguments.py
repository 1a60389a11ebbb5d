"""What a method takes into what a program that calls it notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.markdown import code

from .annotations import Relation, relation, renamed, told
from .change import ClientChange, Level, kind
from .needs import Need

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.diagnostics import Rule
    from specloom.ir import Argument

    from .methods import Called
    from .needs import Needs

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


_MUST: Final = {
    Need.ALWAYS: "must be given",
    Need.WITH_OTHERS: "must be given with any other of the body",
    Need.NEVER: "may be left out",
}


def argument_changes(
    old: Called, new: Called, class_names: Mapping[str, str], needs: tuple[Needs, Needs]
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
            twin = pairs[name]
            yield from _needed(new, twin, needs[0].of(old, name), needs[1].of(new, twin))
            yield from _compared(before[name], after[twin], new, class_names)
        else:
            yield _change(REMOVED, old, name, "is gone", Level.MAJOR)
    known = set(pairs.values())
    for name in after:
        if name not in known:
            yield _added(old, new, name, needs[1].of(new, name))


def _added(old: Called, new: Called, name: str, need: Need) -> ClientChange:
    said = f"is new, and {_MUST[need]}"
    # Nobody gives anything of a body that is new, too.
    if need is Need.ALWAYS or (need is Need.WITH_OTHERS and old.method.operation.body):
        return _change(ADDED_REQUIRED, new, name, said, Level.MAJOR)
    return _change(ADDED, new, name, said, Level.MINOR)


def _needed(called: Called, name: str, old: Need, new: Need) -> Iterator[ClientChange]:
    said = f"{_MUST[new]} now"
    if new > old:
        yield _change(REQUIRED, called, name, said, Level.MAJOR)
    elif new < old:
        yield _change(OPTIONAL, called, name, said, Level.MINOR)


def _compared(
    old: Argument, new: Argument, called: Called, class_names: Mapping[str, str]
) -> Iterator[ClientChange]:
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
