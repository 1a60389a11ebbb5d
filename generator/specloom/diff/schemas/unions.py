"""Alternatives into one form: by type, so that only those of the same type remain alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .form import TYPES, Fact, Form, Slot, Union
from .ranges import settled

if TYPE_CHECKING:
    from collections.abc import Sequence


def united(pointer: str, forms: Sequence[Form], schema: dict[str, Any]) -> Form:
    """What alternatives come to of which one must hold."""
    is_one_of = pointer.endswith("/oneOf")
    slots = {}
    for name in TYPES:
        allowing = [form for form in forms if name in form.types]
        slot = _slot(pointer, name, allowing, tag_of(schema), is_one_of=is_one_of)
        slot = None if slot is None else settled(name, slot)
        if slot is not None:
            slots[name] = slot
    return Form(pointer, slots, _notes(forms))


def tag_of(schema: dict[str, Any]) -> str | None:
    """The property that a schema's discriminator names."""
    discriminator = schema.get("discriminator")
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
    return name if isinstance(name, str) else None


def _slot(
    pointer: str, name: str, forms: list[Form], tag: str | None, *, is_one_of: bool
) -> Slot | None:
    slots = [form.types[name] for form in forms]
    if not slots:
        return None
    if is_one_of and len(slots) > 1:
        if sum(not slot for slot in slots) > 1:
            return None
        if all(_lists(slot) for slot in slots):
            return _listed_once(slots)
    elif not is_one_of:
        if not all(slots):
            return {}
        slots, forms = _less_lists(slots, forms)
    if len(slots) == 1:
        return slots[0]
    restricted = tuple(
        Form(form.pointer, {name: slot}, form.notes)
        for form, slot in zip(forms, slots, strict=True)
    )
    return {"unions": Fact((Union(pointer, restricted, is_one_of, tag),), pointer)}


def _lists(slot: Slot) -> bool:
    """Whether a slot asks for one of some values, and nothing else."""
    return slot.keys() == {"enum"}


def _listed_once(slots: list[Slot]) -> Slot | None:
    """The values that exactly one of some lists has."""
    every = [text for slot in slots for text in slot["enum"].value]
    kept = frozenset(text for text in every if every.count(text) == 1)
    return {"enum": Fact(kept, slots[0]["enum"].pointer)} if kept else None


def _less_lists(slots: list[Slot], forms: list[Form]) -> tuple[list[Slot], list[Form]]:
    """The alternatives with all plain lists of values made one, where the first of them stood."""
    lists = [slot for slot in slots if _lists(slot)]
    if len(lists) < 2:  # noqa: PLR2004 -- one is itself
        return slots, forms
    values = frozenset().union(*(slot["enum"].value for slot in lists))
    first = slots.index(lists[0])
    kept = [at for at, slot in enumerate(slots) if at == first or not _lists(slot)]
    one: Slot = {"enum": Fact(values, lists[0]["enum"].pointer)}
    return [one if at == first else slots[at] for at in kept], [forms[at] for at in kept]


def _notes(forms: Sequence[Form]) -> Slot:
    """The annotations of the one alternative that is more than null."""
    more = [form for form in forms if form.types.keys() - {"null"}]
    return more[0].notes if len(more) == 1 else {}
