"""What an update does at each place that it is written: something, or only what is so already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Effects:
    """Of one action: each value that it writes, by its pointer in the overlay."""

    _has_effect: dict[str, bool] = field(default_factory=dict)

    def note(self, written: str, *, changes: bool) -> None:
        """One value put into one target; one that changes any of several has an effect."""
        self._has_effect[written] = changes or self._has_effect.get(written, False)

    @property
    def are_none(self) -> bool:
        """Whether nothing changed at all."""
        return not any(self._has_effect.values())

    def settled(self) -> list[str]:
        """What was so already, the widest place of each: an object rather than its members."""
        busy = {
            around
            for written, changes in self._has_effect.items()
            if changes
            for around in _around(written)
        }
        found = (
            next(place for place in _around(written) if place not in busy)
            for written, changes in self._has_effect.items()
            if not changes
        )
        return list(dict.fromkeys(found))


def _around(pointer: str) -> list[str]:
    """The pointers that lead to a place, the shortest first, and its own."""
    parts = pointer.split("/")
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def is_same(old: Any, new: Any) -> bool:
    """Whether two values are the same JSON (JSON Schema 2020-12 Core §4.2.2)."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(is_same(old[name], new[name]) for name in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(is_same, old, new))
    return bool(old == new)
