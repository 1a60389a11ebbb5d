"""What changed in annotations that readers care for, and in discriminators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diff.side import mapped
from specloom.document.pointer import tokens
from specloom.document.value_text import text_of

from . import rules
from .alternatives import is_component
from .effects import Effect, Pair, Step, Told, opposite
from .words import listed, quoted, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diagnostics import Rule

    from .form import Form

_MISSING: Final = object()
_FLAGS: Final[tuple[tuple[str, Rule, Effect], ...]] = (
    ("readOnly", rules.READ_ONLY, Effect.RISKS_CLIENTS),
    ("writeOnly", rules.WRITE_ONLY, Effect.RISKS_CLIENTS),
    ("deprecated", rules.DEPRECATED, Effect.TOLD),
)


def annotated(old: Form, new: Form, passed_over: str) -> Iterator[Step]:
    """What changed in what is said of all values of a schema.

    `passed_over` is the annotation of what is not sent this way; the other one means nothing here.
    """
    for keyword, rule, effect in _FLAGS:
        before, after = _said(old, keyword) is True, _said(new, keyword) is True
        if before != after and keyword in {passed_over, "deprecated"}:
            message = f"now `{keyword}`" if after else f"no longer `{keyword}`"
            places = _place(old, keyword), _place(new, keyword)
            yield Told(rule, message, *places, effect if after else opposite(effect))
    yield from _default(old, new)
    yield from _known_values(old, new)


def _default(old: Form, new: Form) -> Iterator[Step]:
    before, after = _said(old, "default"), _said(new, "default")
    places = _place(old, "default"), _place(new, "default")
    if before is _MISSING and after is not _MISSING:
        message = f"the default {value(after)} added"
        yield Told(rules.DEFAULT, message, *places, Effect.RISKS_SERVERS)
    elif after is _MISSING and before is not _MISSING:
        message = f"the default {value(before)} taken away"
        yield Told(rules.DEFAULT, message, *places, Effect.RISKS_CLIENTS)
    elif before is not _MISSING and text_of(before) != text_of(after):
        message = f"the default was {value(before)}, is {value(after)}"
        yield Told(rules.DEFAULT, message, *places, Effect.UNKNOWN)


def _known_values(old: Form, new: Form) -> Iterator[Step]:
    keyword = "x-extensible-enum"
    before, after = (_said(form, keyword) for form in (old, new))
    if not (isinstance(before, list) and isinstance(after, list)):
        return
    olds, news = frozenset(map(text_of, before)), frozenset(map(text_of, after))
    places = _place(old, keyword), _place(new, keyword)
    if news - olds:
        message = f"{listed(news - olds)} added to the values that are known"
        yield Told(rules.EXTENSIBLE, message, *places, Effect.RISKS_SERVERS)
    if olds - news:
        message = f"{listed(olds - news)} taken from the values that are known"
        yield Told(rules.EXTENSIBLE, message, *places, Effect.RISKS_CLIENTS)


def discriminator(old: Form, new: Form) -> Iterator[Step]:
    """What changed in how a reader tells what an object is."""
    before, after = _mapping(old), _mapping(new)
    if before is None or after is None:
        return
    if before[0] != after[0]:
        message = f"the property was {quoted(before[0])}, is {quoted(after[0])}"
        places = _place(old, "discriminator"), _place(new, "discriminator")
        yield Told(rules.TAG, message, *places, Effect.CHANGES)
    yield from _default_mapping(old, new)
    if "unions" in old.types["object"] or "unions" in new.types["object"]:
        return
    # A parent whose heirs no union lists: the mapping says which there are, and who names it.
    olds, news = _heirs(old, before[1]), _heirs(new, after[1])
    if old.pointer in olds.values() or new.pointer in news.values():
        return
    yield from _tags(old, new, frozenset(olds), frozenset(news))
    for tag, place in news.items():
        if tag in olds:
            yield Pair((olds[tag],), (place,))


def _default_mapping(old: Form, new: Form) -> Iterator[Step]:
    """What changed in what an object is whose tag the mapping doesn't list (OAS 3.2 §4.25)."""
    before, after = (_said(form, "discriminator").get("defaultMapping") for form in (old, new))
    if isinstance(before, str) and isinstance(after, str):
        yield Pair((mapped(before),), (mapped(after),))
    elif before != after:
        word = "added" if after else "taken away"
        places = _place(old, "discriminator"), _place(new, "discriminator")
        yield Told(rules.TAG_VALUE, f"`defaultMapping` {word}", *places, Effect.UNKNOWN)


def _heirs(form: Form, mapping: dict[str, str]) -> dict[str, str]:
    """What the values of a discriminator stand for; an heir without a mapping goes by its name."""
    heirs = form.notes["heirs"].value if "heirs" in form.notes else ()
    by_name = {tokens(place)[-1]: place for place in heirs if place not in mapping.values()}
    return {**by_name, **mapping}


def tags(old: Form, new: Form, one: Form, other: Form) -> Iterator[Step]:
    """What changed in the values by which a matched alternative goes."""
    before, after = _mapping(old), _mapping(new)
    if before is not None and after is not None and before[0] == after[0]:
        yield from _tags(old, new, _names(before[1], one), _names(after[1], other))


def _tags(old: Form, new: Form, before: frozenset[str], after: frozenset[str]) -> Iterator[Step]:
    places = _place(old, "discriminator"), _place(new, "discriminator")
    if before and after and before.isdisjoint(after):
        message = f"the tags of an alternative were {listed(before)}, are {listed(after)}"
        yield Told(rules.TAG_VALUE, message, *places, Effect.CHANGES)
        return
    if after - before:
        message = f"{listed(after - before)} added to the tags of an alternative"
        yield Told(rules.TAG_VALUE, message, *places, Effect.EXTENDS)
    if before - after:
        message = f"{listed(before - after)} taken from the tags of an alternative"
        yield Told(rules.TAG_VALUE, message, *places, Effect.REDUCES)


def _names(mapping: dict[str, str], form: Form) -> frozenset[str]:
    """The tags of an alternative: those that are mapped to it, else its name."""
    found = frozenset(tag for tag, place in mapping.items() if place == form.pointer)
    if found or not is_component(form):
        return found
    return frozenset(tokens(form.pointer)[-1:])


def _mapping(form: Form) -> tuple[str, dict[str, str]] | None:
    """The property that tells, and the pointers of what its values stand for."""
    said = _said(form, "discriminator")
    name = said.get("propertyName") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(name, str):
        return None
    mapping = said.get("mapping")
    listed_ = mapping.items() if isinstance(mapping, dict) else ()
    return name, {tag: mapped(place) for tag, place in listed_ if isinstance(place, str)}


def _said(form: Form, keyword: str) -> Any:
    return form.notes[keyword].value if keyword in form.notes else _MISSING


def _place(form: Form, keyword: str) -> str:
    return form.notes[keyword].pointer if keyword in form.notes else form.pointer
