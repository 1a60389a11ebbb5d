"""Two surfaces into the models that go by another name now.

A model is known by its component; where that has gone, by the places in which another took its
place: the result of a method, an argument, a field of a model.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .annotations import classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.ir import Shape, Surface

    from .methods import Matched

_ALIKE = 0.5


class Twins:
    """The components of the old surface with their twins in the new one."""

    def __init__(self, old: Surface, new: Surface, calls: Iterable[Matched]) -> None:
        """Find them, from those of one name to the ones that stand in the places of others."""
        self.old, self.new = old, new
        self.of = {name: name for name in old.shapes if name in new.shapes}
        self._fresh = {
            model.class_name: model.component
            for model in new.package.models
            if model.component not in old.shapes
        }
        self._gone = {
            model.class_name: model.component
            for model in old.package.models
            if model.component not in new.shapes
        }
        places = list(_of_calls(calls))
        places += [place for name in self.of for place in self._of_fields(name, name)]
        self._follow(places)
        self._same_shapes()

    def _follow(self, places: list[tuple[str, str]]) -> None:
        """Take those for twins that stand in one place, then those that stand in their fields."""
        while places:
            votes: Counter[tuple[str, str]] = Counter()
            for pair in places:
                ours, theirs = classes(pair[0]), classes(pair[1])
                if len(ours) == len(theirs):
                    votes.update(zip(ours, theirs, strict=True))
            places = []
            for (gone, fresh), _ in votes.most_common():
                if gone in self._gone and fresh in self._fresh:
                    places += self._take(gone, fresh)

    def _take(self, gone: str, fresh: str) -> list[tuple[str, str]]:
        """Take two classes for one, if they are alike; gives the types of what both hold."""
        ours, theirs = self._gone[gone], self._fresh[fresh]
        if not _is_alike(self.old.shapes[ours], self.new.shapes[theirs]):
            return []
        self.of[ours] = theirs
        del self._gone[gone], self._fresh[fresh]
        return self._of_fields(ours, theirs)

    def _of_fields(self, ours: str, theirs: str) -> list[tuple[str, str]]:
        """The types of what both hold."""
        before, after = self.old.shapes[ours], self.new.shapes[theirs]
        fields = {field.name_wire: field.annotation for field in after.fields}
        return [
            (before.annotation, after.annotation),
            *(
                (field.annotation, fields[field.name_wire])
                for field in before.fields
                if field.name_wire in fields
            ),
        ]

    def _same_shapes(self) -> None:
        """Take what holds the very same for a twin, where it is the only such."""
        times = Counter(self.new.shapes[name] for name in self._fresh.values())
        fresh = {self.new.shapes[name]: name for name in self._fresh.values()}
        for gone in self._gone.values():
            shape = self.old.shapes[gone]
            if shape.fields and times[shape] == 1 and shape in fresh:
                self.of[gone] = fresh.pop(shape)


def _of_calls(calls: Iterable[Matched]) -> Iterator[tuple[str, str]]:
    """The types of what both versions of a method take and give."""
    for call in calls:
        if call.old and call.new:
            yield call.old.result[1], call.new.result[1]
            taken = call.new.arguments
            for name, argument in call.old.arguments.items():
                if name in taken:
                    yield argument.annotation, taken[name].annotation


def _is_alike(old: Shape, new: Shape) -> bool:
    """Whether two models hold much the same, as far as their fields tell."""
    ours, theirs = ({field.name_wire for field in shape.fields} for shape in (old, new))
    if not ours or not theirs:
        return not ours and not theirs
    return len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs))
