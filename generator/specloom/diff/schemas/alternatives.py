"""The alternatives of two unions, matched: by tag, by name, by equality, by likeness."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from specloom.document.components import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .form import Form
    from .options import Opened
    from .sameness import Sameness


class Matched(NamedTuple):
    """Which alternatives belong together, and which have no like."""

    pairs: list[tuple[Form, Form]]
    old: list[Form]
    new: list[Form]


class Matching:
    """Matches the alternatives of one type."""

    def __init__(self, same: Sameness, old: Opened, new: Opened) -> None:
        """Nothing is matched before it is asked for."""
        self._same = same
        self._old = old
        self._new = new

    def match(self, olds: Sequence[Form], news: Sequence[Form], name: str) -> Matched:
        """Pairs of alternatives, in the order of the new ones, and those that are left over."""
        found = Matched([], list(olds), list(news))
        if len(olds) == len(news) == 1:
            _take(found, lambda _old, _new: True)
            return found
        for alike in self._ways(olds, news, name):
            _take(found, alike)
        return found

    def _ways(
        self, olds: Sequence[Form], news: Sequence[Form], name: str
    ) -> Iterator[Callable[[Form, Form], bool]]:
        if name == "object":
            tag = self._tag(olds, news)
            if tag is not None:
                tags = self._tags(olds, news, tag)
                yield lambda old, new: not tags[id(old)].isdisjoint(tags[id(new)])
            yield lambda old, new: old.pointer == new.pointer and is_component(old)
        yield self._same.forms
        if name == "object":
            for least in (0.8, 0.5, 0.2):
                yield partial(_are_like, least)
        elif name != "array":
            yield lambda _old, _new: True
        else:
            yield lambda _old, _new: len(olds) == len(news)

    def _tag(self, olds: Sequence[Form], news: Sequence[Form]) -> str | None:
        """A property whose listed values tell the alternatives apart on both sides."""
        names = [_named(form) for form in (*olds, *news)]
        for tag in sorted(frozenset.intersection(*names)):
            lists = [
                [opened.tags(form.types["object"], tag) for form in forms]
                for opened, forms in ((self._old, olds), (self._new, news))
            ]
            if all(map(_tell_apart, lists)):
                return tag
        return None

    def _tags(
        self, olds: Sequence[Form], news: Sequence[Form], tag: str
    ) -> dict[int, frozenset[str]]:
        """The tags of each form, by its identity."""
        return {
            id(form): opened.tags(form.types["object"], tag) or frozenset()
            for opened, forms in ((self._old, olds), (self._new, news))
            for form in forms
        }


def is_component(form: Form) -> bool:
    """Whether an alternative is a component, whose name says which it is."""
    parent, _, _ = form.pointer.rpartition("/")
    return parent == SCHEMAS


def _take(found: Matched, alike: Callable[[Form, Form], bool]) -> None:
    """Move those that are alike from what is left to the pairs."""
    for new in list(found.new):
        old = next((one for one in found.old if alike(one, new)), None)
        if old is not None:
            found.old.remove(old)
            found.new.remove(new)
            found.pairs.append((old, new))


def _tell_apart(lists: list[frozenset[str] | None]) -> bool:
    known = [found for found in lists if found is not None]
    total = sum(map(len, known))
    return len(known) == len(lists) and len(frozenset().union(*known)) == total


def _named(form: Form) -> frozenset[str]:
    slot = form.types["object"]
    return frozenset(slot["properties"].value) if "properties" in slot else frozenset()


def _are_like(least: float, old: Form, new: Form) -> bool:
    return _likeness(old, new) >= least


def _likeness(old: Form, new: Form) -> float:
    """How many of their properties two objects share, of all that either has."""
    olds, news = _named(old), _named(new)
    return len(olds & news) / len(olds | news) if olds | news else 1.0
