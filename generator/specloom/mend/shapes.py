"""A 3.2 tree into one that the specification's own schema finds valid, fault by fault.

A change may bring up another fault, so it goes in rounds until there is none. Knows nothing of
what a schema can't say: references, the parameters of a path, defaults.
"""

from __future__ import annotations

from itertools import filterfalse
from typing import TYPE_CHECKING, Final

from specloom.document.validity import faults_to_mend

from . import keys, objects, remedies
from .rules import BEYOND_MENDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.document.object_kinds import Path
    from specloom.document.validity import Fault

    from .place import Mending, Place

_ROUNDS: Final = 30

_REMEDIES: Final = (
    objects.type_name,
    objects.bound,
    objects.tuple_items,
    objects.message_schema,
    objects.constant,
    objects.requirement,
    objects.query_string,
    objects.one_of_two,
    objects.api_key_place,
    objects.path_parameter_place,
    objects.parameter_place,
    remedies.fill_in,
    remedies.convert,
    remedies.repeat_once,
    remedies.keep_first,
    keys.unexpected,
)


def run(mending: Mending, is_left: Callable[[Fault], bool] = lambda _: False) -> None:
    """Mend the tree in place, save the faults that are to be left."""
    for _ in range(_ROUNDS):
        found = _in_order(filterfalse(is_left, faults_to_mend(mending.document.tree)))
        if not found:
            return
        for fault in found:
            _mend(mending.place(fault.path), fault)
        mending.close_gaps()
    for fault in filterfalse(is_left, faults_to_mend(mending.document.tree)):
        mending.say(fault.pointer, fault.message, BEYOND_MENDING)


def _in_order(found: Iterator[Fault]) -> list[Fault]:
    """One fault of each place, the innermost first; unknown keys first, if all else is in order.

    A key that is taken for another may end what is wrong beside it, and what is wrong within an
    object may make its keys seem unknown.
    """
    ordered = sorted(found, key=lambda fault: (-len(fault.path), not fault.is_about_keys))
    within: set[Path] = set()
    for fault in ordered:
        within.update(fault.path[:length] for length in range(len(fault.path)))
    first: dict[Path, Fault] = {}
    for fault in ordered:
        if not (fault.is_about_keys and fault.path in within):
            first.setdefault(fault.path, fault)
    return list(first.values())


def _mend(place: Place, fault: Fault) -> None:
    try:
        place.value  # noqa: B018 - gone if what holds it was taken out
    except KeyError:
        return
    for remedy in _REMEDIES:
        assumed = remedy(place, fault.kind)
        if assumed is not None:
            if assumed:
                place.mending.say(place.pointer, f"{fault.message}: {assumed}")
            return
    remedies.leave_out(place, fault.message)
