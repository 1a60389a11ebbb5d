"""The parameters of an operation, those of its path among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diff.change import Direction
from specloom.diff.schemas.words import quoted

from .both import Held, places, said
from .calls import VARIABLE
from .content import same_content
from .kind import BREAKING, RISKY, SAFE, kind
from .spelling import same_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .both import Both
    from .calls import Call
    from .kind import Kind

REQUIRED_ADDED: Final = kind(
    "DIF200 required-parameter-added",
    BREAKING,
    RISKY,
    "a parameter is new, and required",
    "Requests that were complete are refused. Make it optional, with the old behaviour as default.",
)
REQUIRED_REMOVED: Final = kind(
    "DIF201 required-parameter-removed",
    RISKY,
    BREAKING,
    "a required parameter is gone",
    "A server may ignore it or refuse it where it is still sent; servers that speak the old "
    "document go on requiring it.",
)
OPTIONAL_ADDED: Final = kind(
    "DIF202 optional-parameter-added",
    SAFE,
    RISKY,
    "a parameter is new, and optional",
    "Nobody sends it yet. Servers that speak the old document most likely ignore it.",
)
OPTIONAL_REMOVED: Final = kind(
    "DIF203 optional-parameter-removed",
    RISKY,
    SAFE,
    "an optional parameter is gone",
    "Where it is still sent, a server may refuse it, or ignore what was asked for.",
)
MOVED: Final = kind(
    "DIF204 parameter-moved",
    BREAKING,
    BREAKING,
    "a parameter stands in another part of the request",
    "Where it is sent it is no longer looked for: a server sees none, or refuses what it does "
    "not know.",
)
BECAME_REQUIRED: Final = kind(
    "DIF205 parameter-became-required",
    BREAKING,
    SAFE,
    "a parameter is now required",
    "Requests without it were complete, and are refused now.",
)
BECAME_OPTIONAL: Final = kind(
    "DIF206 parameter-became-optional",
    SAFE,
    BREAKING,
    "a parameter is no longer required",
    "Servers that speak the old document refuse requests without it.",
)
RESTYLED: Final = kind(
    "DIF207 parameter-style-changed",
    BREAKING,
    BREAKING,
    "a parameter's value is written differently",
    "`style` or `explode` says otherwise (OAS 3.2 §4.12.2), so what is sent is misread.",
)
RECONTAINED: Final = kind(
    "DIF208 parameter-content-changed",
    BREAKING,
    BREAKING,
    "a parameter's value has another media type",
    "`content` names another media type, or stands where `schema` stood, so what is sent is "
    "misread (OAS 3.2 §4.12.2).",
)
RESERVED: Final = kind(
    "DIF209 reserved-characters-changed",
    RISKY,
    RISKY,
    "a parameter's reserved characters are encoded differently",
    "`allowReserved` says otherwise. Most servers decode both spellings alike.",
)
EMPTY_REFUSED: Final = kind(
    "DIF210 empty-value-refused",
    BREAKING,
    SAFE,
    "a parameter may no longer be without a value",
    "`allowEmptyValue` is gone: `?name` alone is refused.",
)
EMPTY_ALLOWED: Final = kind(
    "DIF211 empty-value-allowed",
    SAFE,
    BREAKING,
    "a parameter may be without a value",
    "`allowEmptyValue` is new; servers that speak the old document refuse `?name` alone.",
)
DEPRECATED: Final = kind(
    "DIF212 parameter-deprecated",
    SAFE,
    SAFE,
    "a parameter is deprecated",
    "It is still taken, but should no longer be sent.",
)
RESTORED: Final = kind(
    "DIF213 parameter-no-longer-deprecated",
    SAFE,
    SAFE,
    "a parameter is no longer deprecated",
    "It may be sent as before, and nothing else need take its place.",
)
KINDS: Final = (
    REQUIRED_ADDED, REQUIRED_REMOVED, OPTIONAL_ADDED, OPTIONAL_REMOVED, MOVED, BECAME_REQUIRED,
    BECAME_OPTIONAL, RESTYLED, RECONTAINED, RESERVED, EMPTY_REFUSED, EMPTY_ALLOWED, DEPRECATED,
    RESTORED,
)  # fmt: skip

# What is said of these is ignored: other parts of the document say it (OAS 3.2 §4.12.2.1).
_NO_PARAMETERS: Final = {"accept", "content-type", "authorization"}

_STATES: Final = {"allowEmptyValue": "allowed without a value", "deprecated": "deprecated"}

_Parameters = dict[tuple[str, str], Held]


def changes(both: Both, old: Call, new: Call) -> Iterator[Change]:
    """What changed of the parameters."""
    before, after = _parameters(old), _parameters(new)
    gone = {key: before[key] for key in before if key not in after}
    for key, parameter in after.items():
        if key in before:
            yield from _changes(both, before[key], parameter, key[0])
            continue
        moved = next((place for place in gone if _is_elsewhere(place, key)), None)
        if moved:
            yield from _moved(both, gone.pop(moved), parameter, key[0])
        else:
            yield _added(parameter)
    for parameter in gone.values():
        yield _removed(parameter)


def _parameters(call: Call) -> _Parameters:
    """The parameters by what a server knows them by: names of variables are not sent."""
    found: _Parameters = {}
    variables = VARIABLE.findall(call.path)
    for parameter in (*call.item.items("parameters"), *call.operation.items("parameters")):
        place, name = str(parameter.value.get("in")), str(parameter.value.get("name"))
        if place == "path":
            if name in variables:
                found[place, f"{{{variables.index(name)}}}"] = parameter
        elif place == "querystring":
            found[place, ""] = parameter
        elif place != "header":
            found[place, name] = parameter
        elif name.lower() not in _NO_PARAMETERS:
            found[place, name.lower()] = parameter
    return found


def _called(parameter: Held) -> str:
    return f"the {parameter.value.get('in')} parameter {quoted(parameter.value.get('name'))}"


def _is_elsewhere(old: tuple[str, str], new: tuple[str, str]) -> bool:
    return old[0] != new[0] and old[1].lower() == new[1].lower()


def _moved(both: Both, old: Held, new: Held, place: str) -> Iterator[Change]:
    yield MOVED.change(f"{_called(old)} is now one of {place}", old.pointer, new.pointer)
    yield from _required_changes(old, new)
    same_content(both, old, new, Direction.REQUEST)


def _added(parameter: Held) -> Change:
    found = REQUIRED_ADDED if said(parameter.value, "required") else OPTIONAL_ADDED
    return found.change(f"{_called(parameter)} is new", None, parameter.pointer)


def _removed(parameter: Held) -> Change:
    found = REQUIRED_REMOVED if said(parameter.value, "required") else OPTIONAL_REMOVED
    return found.change(f"{_called(parameter)} is gone", parameter.pointer, None)


def _changes(both: Both, old: Held, new: Held, place: str) -> Iterator[Change]:
    """What changed of one parameter."""
    if place != "path":
        yield from _required_changes(old, new)
    yield from _spelling_changes(both, old, new, place)
    if place == "query":
        yield from _flag(old, new, "allowEmptyValue", EMPTY_ALLOWED, EMPTY_REFUSED)
    yield from _flag(old, new, "deprecated", DEPRECATED, RESTORED)


def _required_changes(old: Held, new: Held) -> Iterator[Change]:
    required = said(old.value, "required"), said(new.value, "required")
    if required[0] != required[1]:
        found, state = (BECAME_REQUIRED, "now") if required[1] else (BECAME_OPTIONAL, "no longer")
        yield found.change(f"{_called(new)} is {state} required", *places(old, new, "required"))


def _flag(old: Held, new: Held, field: str, gained: Kind, lost: Kind) -> Iterator[Change]:
    before, after = said(old.value, field), said(new.value, field)
    if before != after:
        state = "now" if after else "no longer"
        message = f"{_called(new)} is {state} {_STATES[field]}"
        yield (gained if after else lost).change(message, *places(old, new, field))


def _spelling_changes(both: Both, old: Held, new: Held, place: str) -> Iterator[Change]:
    called, around = _called(new), (old.pointer, new.pointer)
    types = both.types(old, new)
    if not same_content(both, old, new, Direction.REQUEST):
        yield RECONTAINED.change(f"{called} has another media type", *around)
    elif not same_spelling(old.value, new.value, place, types):
        yield RESTYLED.change(f"{called} is written in another style", *around)
    reserved = said(old.value, "allowReserved"), said(new.value, "allowReserved")
    if reserved[0] != reserved[1]:
        state = "no longer encoded" if reserved[1] else "now encoded"
        message = f"reserved characters of {called} are {state}"
        yield RESERVED.change(message, *places(old, new, "allowReserved"))
