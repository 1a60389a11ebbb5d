"""What a file's schemas call themselves: `$id`, `$anchor`, `$dynamicAnchor`, and 3.2's `$self`.

(JSON Schema 2020-12 Core §8.2; OAS 3.2 §4.1.1.) Knows nothing of where a file comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urldefrag, urljoin

from specloom.document.pointer import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEYWORDS: Final = ("$id", "$anchor", "$dynamicAnchor")
# What stands below them is data, whatever it looks like.
_DATA: Final = {"example", "examples", "default", "const", "enum"}


@dataclass(slots=True)
class Identifiers:
    """The names in one file, each with the pointer of the schema that has it."""

    bases: dict[str, str]
    """The pointer of each resource, and its URI; `""` is the file's."""
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    """By the pointer of the resource and the name."""
    dynamic: dict[str, list[str]] = field(default_factory=dict)

    def resource(self, pointer: str) -> str:
        """The pointer of the resource that a place belongs to."""
        if len(self.bases) == 1:
            return ""
        return next(around for around in ancestors(pointer) if around in self.bases)

    def anchor(self, resource: str, name: str) -> str | None:
        """The schema that has a name in a resource, or in the file if only one has it there."""
        found = self.anchors.get((resource, name))
        if found is not None:
            return found
        alike = {place for (_, other), place in self.anchors.items() if other == name}
        return alike.pop() if len(alike) == 1 else None


def identifiers(uri: str, tree: Any, text: str) -> Identifiers:
    """All the names in a file; its text tells fast that there are none."""
    own = tree.get("$self") if isinstance(tree, dict) else None
    found = Identifiers({"": _joined(uri, own) if isinstance(own, str) else uri})
    if any(keyword in text for keyword in KEYWORDS):
        _collect(found, tree)
    return found


def _collect(found: Identifiers, tree: Any) -> None:
    pending: list[tuple[str, str, Any]] = [("", "", tree)]
    while pending:
        pointer, resource, value = pending.pop()
        if isinstance(value, dict):
            resource = _name(found, pointer, resource, value)
        pending.extend((join(pointer, key), resource, child) for key, child in _children(value))


def _name(found: Identifiers, pointer: str, resource: str, value: dict[str, Any]) -> str:
    """Note the names that one object has; gives the resource that it belongs to."""
    identifier = value.get("$id")
    if isinstance(identifier, str) and not identifier.startswith("#"):
        found.bases[pointer] = _joined(found.bases[resource], identifier)
        resource = pointer
    for keyword in ("$anchor", "$dynamicAnchor"):
        if isinstance(value.get(keyword), str):
            found.anchors.setdefault((resource, value[keyword]), pointer)
    if isinstance(value.get("$dynamicAnchor"), str):
        found.dynamic.setdefault(value["$dynamicAnchor"], []).append(pointer)
    return resource


def _joined(base: str, reference: str) -> str:
    try:
        return urldefrag(urljoin(base, reference)).url
    except ValueError:  # no URI at all
        return base


def _children(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return [(key, child) for key, child in value.items() if key not in _DATA]
    return enumerate(value) if isinstance(value, list) else ()


def ancestors(pointer: str) -> Iterator[str]:
    """A pointer and those around it, the nearest first; the last is the whole document's."""
    yield pointer
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer
