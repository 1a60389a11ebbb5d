"""References that lead to nothing, to themselves or to another kind of object into what is known.

Knows nothing of what is wrong with the objects themselves. (OAS 3.2 §4.23)
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from specloom.document.object_kinds import kind_of
from specloom.document.pointer import from_reference, resolve, tokens
from specloom.document.references import is_reference
from specloom.document.walk import METHODS, SECTIONS, walk

from .remedies import is_of_client
from .rules import ANYTHING, BEYOND_MENDING, MENDED

if TYPE_CHECKING:
    from .place import Mending, Place

_UNKNOWN: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "response": ({"description": "", "content": {"*/*": {}}}, "what comes back is taken as bytes"),
    "request-body": ({"content": {"application/json": {}}}, "the body is taken as any JSON"),
    "media-type": ({}, "taken as anything"),
}
"""What is known of an object that nothing says anything of."""

_LONGEST: Final = 100
"""How many references in a row are followed, so that time is bounded."""


def run(mending: Mending) -> None:
    """Mend the references in place; what is left out may leave others leading to nothing."""
    while _mend_each(mending):
        mending.close_gaps()


def _mend_each(mending: Mending) -> bool:
    """Whether any was mended."""
    sound: set[tuple[str, str]] = set()
    mended = False
    for node in walk(mending.document.tree):
        if not is_reference(node.value) or node.kind not in SECTIONS:
            continue
        reference = node.kind, node.value["$ref"]
        if reference in sound:
            continue
        fault = fault_of(mending.document.tree, *reference, sound)
        if fault:
            path = tuple(tokens(node.pointer))
            _lose(mending.place(path), f"{reference[1]!r} {fault}")
            mended = True
        else:
            sound.add(reference)
    return mended


def fault_of(
    tree: dict[str, Any], kind: str, reference: str, sound: set[tuple[str, str]] | None = None
) -> str | None:
    """What is wrong with a reference, if anything; `sound` keeps those of which all is known."""
    sound = set() if sound is None else sound
    seen: set[str] = set()
    while reference not in seen and len(seen) < _LONGEST:
        seen.add(reference)
        path = tokens(from_reference(reference)) if reference.startswith("#/") else []
        found = kind_of(tuple(path))
        try:
            target = resolve(tree, from_reference(reference)) if path else None
        except KeyError:
            return "leads to nothing"
        if not found or found.name != kind or not isinstance(target, dict | bool):
            return f"leads to no {kind.replace('-', ' ')}"
        reference = str(target["$ref"]) if isinstance(target, dict) and is_reference(target) else ""
        if not reference or (kind, reference) in sound:
            sound.update((kind, passed) for passed in seen)
            return None
    return "leads only to itself"


def _lose(place: Place, fault: str) -> None:
    """Let something stand for what a reference should have led to, or leave it out."""
    say, kind = place.mending.say, place.kind
    if kind == "schema":
        say(place.at("$ref").pointer, f"{fault}: taken as a schema for anything", ANYTHING)
        del place.value["$ref"]
    elif kind in _UNKNOWN:
        value, assumed = _UNKNOWN[kind]
        say(place.at("$ref").pointer, f"{fault}: {assumed}", ANYTHING)
        place.put(copy.deepcopy(value))
    elif kind == "path-item":
        _lose_path_item(place, fault)
    else:
        # A caller misses a parameter; the client offers nothing of the others.
        rule = ANYTHING if kind == "parameter" and is_of_client(place) else MENDED
        say(place.at("$ref").pointer, f"{fault}: this {kind.replace('-', ' ')} is left out", rule)
        place.take_out()


def _lose_path_item(place: Place, fault: str) -> None:
    if is_of_client(place) and not place.value.keys() & {*METHODS, "additionalOperations"}:
        say = f"{fault}, so its operations are not known"
        place.mending.say(place.at("$ref").pointer, say, BEYOND_MENDING)
        place.take_out()
    else:
        place.mending.say(place.at("$ref").pointer, f"{fault}: left out")
        del place.value["$ref"]
