"""A form of one type without what asks for nothing: `items: {}` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .form import TYPES, Child, Fact, Form, Slot

if TYPE_CHECKING:
    from .forms import Forms

_SCHEMA: Final = ("items", "propertyNames", "contentSchema", "unevaluatedProperties")


def asks(forms: Forms, child: Child) -> bool:
    """Whether a schema allows less than anything."""
    types = forms.of(child).types
    return len(types) < len(TYPES) or any(types.values())


def pruned(forms: Forms, form: Form, name: str) -> Form:
    """The form without schemas that allow anything; properties stay, since they are named."""
    slot = form.types[name]
    gone = {
        keyword for keyword in _SCHEMA if keyword in slot and not asks(forms, slot[keyword].value)
    }
    kept = {keyword: fact for keyword, fact in slot.items() if keyword not in gone}
    _prune_maps(forms, kept)
    return Form(form.pointer, {name: kept}, form.notes) if kept != slot else form


def _prune_maps(forms: Forms, slot: Slot) -> None:
    left_out: frozenset[str] = frozenset()
    if "rest" in slot:
        rest = {key: child for key, child in slot["rest"].value.items() if asks(forms, child)}
        left_out = left_out.union(*rest)
        _put(slot, "rest", rest)
    if "patternProperties" in slot and "unevaluatedProperties" not in slot:
        named = slot["patternProperties"].value
        # A pattern that asks for nothing still lets its names past what is asked of the others.
        kept = {key: named[key] for key in named if key in left_out or asks(forms, named[key])}
        _put(slot, "patternProperties", kept)


def _put(slot: Slot, keyword: str, value: object) -> None:
    if value:
        slot[keyword] = Fact(value, slot[keyword].pointer)
    else:
        del slot[keyword]
