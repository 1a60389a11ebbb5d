"""Which parts of two documents are written alike, with all that they refer to.

Most of a large document is, and needs no closer look. Nothing here knows what a part means.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import from_reference, join, tokens

from .side import mapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .side import Side

# A `$ref`, or what a discriminator's mapping leads to.
_REFERENCE: Final = re.compile(r'"#/(?:[^"\\]|\\.)*"')
_COMPONENT_DEPTH: Final = 3


class Unchanged:
    """Tells of two pointers whether nothing differs at them."""

    def __init__(self, old: Side, new: Side) -> None:
        """Compare two documents; the first question is the dear one."""
        self._old = old
        self._new = new

    def __call__(self, old: str, new: str) -> bool:
        """Whether both parts are written alike, and all that they refer to is, too."""
        text = self._common_text(old, new)
        return text is not None and self._alike.issuperset(self._referred(new, text))

    def _common_text(self, old: str, new: str) -> str | None:
        """The JSON of two parts if they are equal, else None."""
        value, other = self._new.value(new), self._old.value(old)
        if value != other:
            return None
        text = json.dumps(value, sort_keys=True)
        # To Python 1 is equal to true, too.
        return text if text == json.dumps(other, sort_keys=True) else None

    @cached_property
    def _alike(self) -> frozenset[str]:
        """The components that are written alike and refer to none that are not."""
        referred = {
            place: self._referred(place, text)
            for place in self._components()
            if (text := self._common_text(place, place)) is not None
        }
        referrers: dict[str, list[str]] = {}
        for place, found in referred.items():
            for name in found:
                referrers.setdefault(name, []).append(place)
        pending, changed = [name for name in referrers if name not in referred], set[str]()
        while pending:
            name = pending.pop()
            if name not in changed:
                changed.add(name)
                pending += referrers.get(name, ())
        return frozenset(referred.keys() - changed)

    def _referred(self, place: str, text: str) -> set[str]:
        """The components that a part needs for its meaning; its heirs, if it tells them apart."""
        found = references(text)
        if '"discriminator"' in text:
            found |= {join("", *tokens(one)[:_COMPONENT_DEPTH]) for one in _mapped(text)}
            found.update(*(side.heirs.get(place, ()) for side in (self._old, self._new)))
        return found

    def _components(self) -> Iterator[str]:
        components = self._new.tree.get("components")
        for section, named in components.items() if isinstance(components, dict) else ():
            if isinstance(named, dict):
                yield from (join("/components", section, name) for name in named)


def _mapped(text: str) -> list[str]:
    """What the discriminators in a text lead to by the names of components."""
    found: list[str] = []

    def keep(value: dict[str, Any]) -> dict[str, Any]:
        mapping = value.get("mapping")
        names = [*mapping.values()] if isinstance(mapping, dict) else []
        names.append(value.get("defaultMapping"))
        found.extend(mapped(name) for name in names if isinstance(name, str))
        return value

    json.loads(text, object_hook=keep)
    return found


def references(text: str) -> set[str]:
    """The components that a text refers to; what else it refers to, as it is spelt."""
    found = set()
    for spelt in set(_REFERENCE.findall(text)):
        parts = tokens(from_reference(json.loads(spelt)))
        depth = _COMPONENT_DEPTH if parts[0] == "components" else len(parts)
        found.add(join("", *parts[:depth]))
    return found
