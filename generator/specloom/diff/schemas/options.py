"""A form of one type into the ways to fit it, each without alternatives of its own.

What stands beside alternatives is counted to each of them, so it matters little whether a document
says it once or in all.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from .form import Fact, Form, Options
from .pruned import pruned
from .sameness import Sameness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .form import Child, Slot, Union
    from .forms import Forms

# Alternatives of several unions multiply; those of one are as many as somebody wrote.
_MOST: Final = 200
_MOST_OF_ONE: Final = 1000


class Opened:
    """Works out the options of forms, each once."""

    def __init__(self, forms: Forms) -> None:
        """Nothing is looked at before it is asked for."""
        self._forms = forms
        # The form is kept beside what came of it: its identity is the key.
        self._known: dict[int, tuple[Form, Options]] = {}
        self._same = Sameness(forms, forms, self.options, self.options)

    def options(self, form: Form, name: str) -> Options:
        """The ways to fit a form of one type."""
        if id(form) not in self._known:
            # Whoever asks meanwhile, since the schema is within itself, is given repetitions, too.
            self._known[id(form)] = form, self._opened(form, name, tuple)
            if len(self._known[id(form)][1].forms) > 1:
                found = self._opened(form, name, self._each_once)
                forms = found.forms if found.may_overlap else self._each_once(found.forms)
                self._known[id(form)] = form, Options(forms, found.may_overlap)
        return self._known[id(form)][1]

    def _each_once(self, forms: tuple[Form, ...]) -> tuple[Form, ...]:
        """Forms without those that only repeat another."""
        kept: list[Form] = []
        buckets: dict[str, list[Form]] = {}
        for form in forms:
            alike = buckets.setdefault(_look(form), [])
            if not any(self._same.forms(one, form) for one in alike):
                alike.append(form)
                kept.append(form)
        return tuple(kept)

    def _opened(
        self, form: Form, name: str, choose: Callable[[tuple[Form, ...]], tuple[Form, ...]]
    ) -> Options:
        slot = form.types[name]
        if "unions" not in slot:
            return Options((pruned(self._forms, form, name),))
        base = {keyword: fact for keyword, fact in slot.items() if keyword != "unions"}
        found, may_overlap = [Form(form.pointer, {name: base}, form.notes)], False
        for union in slot["unions"].value:
            chosen = union.alternatives if union.is_one_of else choose(union.alternatives)
            alternatives = [self.options(one, name) for one in chosen]
            most = _MOST_OF_ONE if len(found) == 1 else _MOST
            if len(found) * sum(len(one.forms) for one in alternatives) > most:
                return Options((form,))
            groups = [list(self._combined(found, one.forms)) for one in alternatives]
            may_overlap |= any(one.may_overlap for one in alternatives)
            may_overlap |= union.is_one_of and not self._excludes(union, groups, name)
            found = [way for group in groups for way in group]
        return Options(tuple(found), may_overlap)

    def _combined(self, found: list[Form], ways: tuple[Form, ...]) -> Iterator[Form]:
        for one in found:
            for way in ways:
                whole = self._forms.all_of([way, one])
                if whole.types:
                    yield pruned(self._forms, whole, next(iter(whole.types)))

    def _excludes(self, union: Union, groups: list[list[Form]], name: str) -> bool:
        """Whether no value fits two alternatives: a tag tells them apart."""
        if union.tag is not None:
            return True
        slots = [[way.types[name] for way in group] for group in groups]
        if name != "object":
            return _are_disjoint([_listed(group) for group in slots])
        required = [_required(slot) for group in slots for slot in group]
        return any(
            _are_disjoint([self._tags(group, tag) for group in slots])
            for tag in sorted(frozenset.intersection(*required) if required else ())
        )

    def _tags(self, slots: list[Slot], tag: str) -> frozenset[str] | None:
        found: frozenset[str] = frozenset()
        for slot in slots:
            listed = self.tags(slot, tag)
            if listed is None:
                return None
            found |= listed
        return found

    def tags(self, slot: Slot, tag: str) -> frozenset[str] | None:
        """The values that a property may have; None if they are not listed."""
        properties = slot.get("properties", Fact({}, "")).value
        types = self._forms.of(properties[tag]).types if tag in properties else {}
        if not types or any("enum" not in part and name != "null" for name, part in types.items()):
            return None
        nulls = {"null"} & types.keys()
        return frozenset(nulls).union(*(part["enum"].value for part in types.values() if part))


def _look(form: Form) -> str:
    """What forms that are the same have in common, told without looking into them."""
    slots = [
        (name, sorted(slot), sorted(_named(slot))) for name, slot in sorted(form.types.items())
    ]
    return repr(slots)


def _named(slot: Slot) -> Child:
    return tuple(slot["properties"].value) if "properties" in slot else ()


def _required(slot: Slot) -> frozenset[str]:
    found: frozenset[str] = slot["required"].value if "required" in slot else frozenset()
    return found


def _listed(slots: list[Slot]) -> frozenset[str] | None:
    if not all("enum" in slot for slot in slots):
        return None
    return frozenset().union(*(slot["enum"].value for slot in slots))


def _are_disjoint(lists: list[frozenset[str] | None]) -> bool:
    return all(
        one is not None and other is not None and one.isdisjoint(other)
        for one, other in combinations(lists, 2)
    )
