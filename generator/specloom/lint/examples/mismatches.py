"""Examples and their schemas into findings, one for all that break a keyword in the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from specloom.document.pointer import resolve
from specloom.lint.check import Finding
from specloom.lint.grouping import at_all

from .sent_texts import is_sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from specloom.lint.mismatch import Mismatch
    from specloom.lint.scope import Scope

_Way = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """A value, its pointer, and that of the schema which it illustrates."""

    schema: str
    pointer: str
    value: Any
    unsent: frozenset[str]
    """Properties with one of these marks may be missing, required or not."""
    is_text: bool = False
    """Whether it may be written as the text that is sent."""


@dataclass(slots=True)
class Mismatches:
    """The ways in which some values break their schemas, and where each is met."""

    scope: Scope
    heeds: Callable[[Mismatch], bool] | None = None
    """Which of the ways are of interest; all, if not said."""
    _places: dict[_Way, dict[str, Finding]] = field(default_factory=dict)

    def add(self, example: Example) -> None:
        """Note how an example breaks its schema."""
        missing: dict[tuple[str, str], list[str]] = {}
        for mismatch in filter(self.heeds, self._told(example)):
            place = example.pointer + mismatch.pointer
            if mismatch.missing is None:
                way = (self._broken(mismatch.keyword), mismatch.variety, ())
                self._note(way, place, mismatch.message, _hint(mismatch))
            elif not self._is_unsent(mismatch, example):
                missing.setdefault((mismatch.keyword, place), []).append(mismatch.missing)
        for (keyword, place), names in missing.items():
            self._note((self._broken(keyword), "", tuple(names)), place, _lacking(names), None)

    def _broken(self, keyword: str) -> str:
        """A keyword as all copies of the property that has it share it, or by its pointer."""
        schema, _, name = keyword.rpartition("/")
        around, _, of = schema.rpartition("/")
        if not around.endswith("/properties"):
            return keyword
        return f"{of} {name} {resolve(self.scope.tree, schema)!r}"

    def _told(self, example: Example) -> Iterator[Mismatch]:
        """How a value breaks a schema, less what another way says already."""
        instances = self.scope.instances
        found = instances.of_example(example.schema, example.pointer, example.value)
        for mismatch in _foremost(found):
            if not (example.is_text and is_sent(mismatch, instances)):
                yield mismatch

    def _note(self, way: _Way, place: str, message: str, hint: str | None) -> None:
        self._places.setdefault(way, {}).setdefault(place, Finding(place, message, hint))

    def _is_unsent(self, mismatch: Mismatch, example: Example) -> bool:
        for place in (mismatch.schema, example.schema):
            for part in self.scope.parts(resolve(self.scope.tree, place)):
                found = part.get("properties", {}).get(mismatch.missing)
                marks = self.scope.parts(found)
                if any(mark.get(name) is True for mark in marks for name in example.unsent):
                    return True
        return False

    def findings(self) -> Iterator[Finding]:
        """The first place of each way, which knows the others."""
        for found in self._places.values():
            yield at_all(found.values())


def _foremost(mismatches: Iterable[Mismatch]) -> Iterator[Mismatch]:
    """Of all ways in which one schema refuses one value its type alone, else a scalar's first."""
    seen = set()
    for mismatch in sorted(mismatches, key=_is_less):
        place = (mismatch.pointer, mismatch.schema)
        if place not in seen:
            yield mismatch
        if _is_of_type(mismatch) or not isinstance(mismatch.value, dict | list):
            seen.add(place)


def _is_less(mismatch: Mismatch) -> tuple[bool, bool]:
    """What comes behind others: all but types, and formats last."""
    return not _is_of_type(mismatch), mismatch.is_format


def _is_of_type(mismatch: Mismatch) -> bool:
    return mismatch.keyword.endswith("/type")


def _lacking(names: list[str], enough: int = 5) -> str:
    if len(names) == 1:
        return f'"{names[0]}" is a required property'
    some = ", ".join(f'"{name}"' for name in names[:enough])
    more = f" and {len(names) - enough} more" if len(names) > enough else ""
    return f"{some}{more} are required properties"


def _hint(mismatch: Mismatch) -> str | None:
    if mismatch.pointer or not _is_of_type(mismatch):
        return None
    if mismatch.value is None:
        return "allow null, or leave this out"
    text = mismatch.value.lstrip() if isinstance(mismatch.value, str) else ""
    return "write the value itself, not its JSON as text" if text[:1] in {"{", "["} else None
