"""Two forms into what changed between them, and the schemas within that come next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diff.change import Direction

from . import notes, objects, rules, scalars
from .alternatives import Matching
from .conjunction import item
from .declared import Declared
from .effects import Effect, Pair, Step, Told
from .form import TYPES
from .options import Opened
from .sameness import OPAQUE, Sameness
from .words import alternative, types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .form import Form
    from .forms import Forms

_PASSED_OVER: Final = {Direction.REQUEST: "readOnly", Direction.RESPONSE: "writeOnly"}


class Comparison:
    """Compares the forms of two documents, each pair without those within it."""

    def __init__(self, old: Forms, new: Forms) -> None:
        """Nothing is compared before it is asked for."""
        self._old = old
        self._new = new
        self._old_options = Opened(old)
        self._new_options = Opened(new)
        self._same = Sameness(old, new, self._old_options.options, self._new_options.options)
        self._matching = Matching(self._same, self._old_options, self._new_options)

    def steps(self, old: Form, new: Form, direction: Direction) -> Iterator[Step]:
        """What differs between two forms, and what is within them."""
        yield from _types(old, new)
        for name in [name for name in new.types if name in old.types]:
            ones = self._old.restricted(old, name), self._new.restricted(new, name)
            yield from self._one_type(*ones, name, direction)
        yield from notes.annotated(old, new, _PASSED_OVER[direction])

    def _one_type(self, old: Form, new: Form, name: str, direction: Direction) -> Iterator[Step]:
        olds, news = self._old_options.options(old, name), self._new_options.options(new, name)
        found = self._matching.match(olds.forms, news.forms, name)
        steps = [step for pair in found.pairs for step in self._slots(*pair, name, direction)]
        if name == "object":
            yield from notes.discriminator(old, new)
            for one, other in found.pairs:
                if len(olds.forms) > 1 or len(news.forms) > 1:
                    yield from self._tags(old, new, one, other)
        for form in found.new:
            message = f"the alternative {alternative(form)} added"
            yield Told(
                rules.ALTERNATIVE_ADDED, message, None, form.pointer, Effect.EXTENDS, new.pointer
            )
        for form in found.old:
            message = f"the alternative {alternative(form)} taken away"
            yield Told(
                rules.ALTERNATIVE_REMOVED, message, form.pointer, None, Effect.REDUCES, old.pointer
            )
        yield from steps
        if (olds.may_overlap or news.may_overlap) and not self._same.forms(old, new):
            message = "a value may now fit two alternatives, or no longer"
            yield Told(rules.OVERLAPPING, message, old.pointer, new.pointer, Effect.UNKNOWN)

    def _tags(self, old: Form, new: Form, one: Form, other: Form) -> Iterator[Step]:
        said = old.notes.get("discriminator")
        name = said.value.get("propertyName") if said and isinstance(said.value, dict) else None
        # What the schema itself lists is compared there.
        if not isinstance(name, str) or not (
            self._old_options.tags(one.types["object"], name)
            or self._new_options.tags(other.types["object"], name)
        ):
            yield from notes.tags(old, new, one, other)

    def _slots(self, old: Form, new: Form, name: str, direction: Direction) -> Iterator[Step]:
        yield from scalars.values(old, new, name)
        yield from scalars.bounds(old, new, name)
        if name == "object":
            sides = [
                Declared(form, forms, _PASSED_OVER[direction])
                for form, forms in ((old, self._old), (new, self._new))
            ]
            yield from objects.properties(sides[0], sides[1], direction)
            yield from objects.others(sides[0], sides[1])
        elif name == "array":
            yield from _items(old, new)
        elif name == "string":
            yield from _content(old, new)
        yield from self._opaque(old, new, name)

    def _opaque(self, old: Form, new: Form, name: str) -> Iterator[Step]:
        olds, news = old.types[name], new.types[name]
        for keyword in OPAQUE:
            before, after = olds.get(keyword), news.get(keyword)
            if before and after and self._same.facts(keyword, before.value, after.value):
                continue
            if before or after:
                word = "changed" if before and after else "added" if after else "taken away"
                effect = Effect.UNKNOWN if before and after else _EFFECTS[word]
                places = scalars.place(old, keyword), scalars.place(new, keyword)
                said = (
                    places[after is not None].rpartition("/")[2] if keyword == "unions" else keyword
                )
                yield Told(rules.OPAQUE, f"`{said}` {word}", *places, effect)


_EFFECTS: Final = {"added": Effect.NARROWS, "taken away": Effect.WIDENS}


_EVERY: Final = len(TYPES)


def _types(old: Form, new: Form) -> Iterator[Step]:
    gone, come = old.types.keys() - new.types.keys(), new.types.keys() - old.types.keys()
    if len(gone or come) > 1 and _EVERY in {len(old.types), len(new.types)}:
        # Between anything and something, null is no news of its own.
        gone, come = gone - {"null"}, come - {"null"}
    whole = _whole_changed(old, new)
    if gone - {"null"} or come - {"null"} or whole:
        message = f"was {types(old)}, is {types(new)}"
        narrows = bool(gone - {"null"}) or whole is Effect.NARROWS
        widens = bool(come - {"null"}) or whole is Effect.WIDENS
        effect = Effect.CHANGES if narrows and widens else _one_way(narrows=narrows)
        if narrows != widens and _is_meant(*((old, new) if narrows else (new, old))):
            effect = Effect.SETTLES if narrows else Effect.UNSETTLES
        yield Told(rules.TYPE, message, _place(old), _place(new), effect)
    if ("null" in gone or "null" in come) and (old.types or new.types):
        message = "null is now allowed" if "null" in come else "null is no longer allowed"
        effect = _one_way(narrows="null" in gone)
        yield Told(rules.NULL, message, _place(old), _place(new), effect)


def _is_meant(wide: Form, narrow: Form) -> bool:
    """Whether any type is allowed, yet only those were spoken of that the other form names."""
    spoken = {name for name, slot in wide.types.items() if slot}
    return len(wide.types) == _EVERY and spoken == narrow.types.keys() - {"null"}


def _one_way(*, narrows: bool) -> Effect:
    return Effect.NARROWS if narrows else Effect.WIDENS


def _whole_changed(old: Form, new: Form) -> Effect | None:
    """What became of the numbers that are no integers."""
    before, after = (form.types.get("number") for form in (old, new))
    if before is None or after is None or ("integer" in before) == ("integer" in after):
        return None
    if "enum" in before or "enum" in after or "unions" in before or "unions" in after:
        return None
    return _one_way(narrows="integer" in after)


def _place(form: Form) -> str:
    return form.pointer


def _items(old: Form, new: Form) -> Iterator[Step]:
    olds, news = old.types["array"], new.types["array"]
    prefixes = [slot["prefixItems"].value if "prefixItems" in slot else () for slot in (olds, news)]
    for index in range(max(map(len, prefixes))):
        yield Pair(item(olds, index), item(news, index))
    if "items" in olds and "items" in news:
        yield Pair(olds["items"].value, news["items"].value)
    elif "items" in olds or "items" in news:
        message = "items are now held to a schema" if "items" in news else "items may be anything"
        places = scalars.place(old, "items"), scalars.place(new, "items")
        yield Told(rules.ITEMS, message, *places, _one_way(narrows="items" in news))


def _content(old: Form, new: Form) -> Iterator[Step]:
    keyword = "contentSchema"
    before, after = old.types["string"].get(keyword), new.types["string"].get(keyword)
    if before and after:
        yield Pair(before.value, after.value)
    elif before or after:
        message = f"`{keyword}` added" if after else f"`{keyword}` taken away"
        places = scalars.place(old, keyword), scalars.place(new, keyword)
        yield Told(rules.CONTENT_SCHEMA, message, *places, _one_way(narrows=bool(after)))
