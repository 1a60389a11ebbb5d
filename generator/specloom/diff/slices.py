"""Two documents without most of what is written alike in both, to make two clients of cheaply.

What differs between the clients is the same as between those of the whole documents: what a
name depends on stays, too, as far as names that are spelt alike go.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from specloom import names
from specloom.document.components import SCHEMAS
from specloom.document.pointer import from_reference, join, tokens
from specloom.document.walk import METHODS, path_items

from .side import Side
from .unchanged import Unchanged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def slices(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both trees with the operations that differ, all that these reach, and what names need."""
    kept = _Kept(before := Side(old), after := Side(new))
    return kept.slice(before), kept.slice(after)


class _Kept:
    """The places of path items and components that stay, in whichever document they are."""

    def __init__(self, old: Side, new: Side) -> None:
        self._sides = (old, new)
        self._unchanged = unchanged = Unchanged(old, new)
        items = {item.pointer for side in self._sides for item in path_items(side.tree)}
        self.places = {place for place in items if not unchanged(place, place)}
        self.places |= self._naming() | set(self._components())
        self.places |= _named([_rest(side.tree) for side in self._sides])
        self._reach(self.places)

    def slice(self, side: Side) -> dict[str, Any]:
        """What stays of one document; its parts are those of the document itself."""
        tree = dict(side.tree)
        tree["paths"] = self._part(tree.get("paths", {}), "/paths")
        tree["components"] = {
            section: self._part(named, join("/components", section))
            if section != "securitySchemes" and isinstance(named, dict)
            else named
            for section, named in tree.get("components", {}).items()
        }
        return tree

    def _part(self, named: dict[str, Any], place: str) -> dict[str, Any]:
        return {name: value for name, value in named.items() if join(place, name) in self.places}

    def _naming(self) -> set[str]:
        """The path items that show which names are taken: for each tag one, and all that are alike.

        Whether a name is alike is told of both documents: the one may free what the other took.
        """
        by_tag: dict[str, list[str]] = {}
        by_id: dict[str, list[str]] = {}
        twice: set[str] = set()
        for side in self._sides:
            ids: Counter[str] = Counter()
            for item in path_items(side.tree):
                for operation in _operations(item.value):
                    tag = next(iter(operation.get("tags") or ()), "")
                    by_tag.setdefault(tag, []).append(item.pointer)
                    by_id.setdefault(str(operation.get("operationId")), []).append(item.pointer)
                    ids[str(operation.get("operationId"))] += 1
            twice.update(name for name, times in ids.items() if times > 1)
        found = {
            next((place for place in places if place not in self.places), places[0])
            for places in by_tag.values()
        }
        for tag in _alike(by_tag):
            found.update(by_tag[tag])
        for name in twice.union(_alike(by_id)):
            found.update(by_id[name])
        return found

    def _components(self) -> Iterator[str]:
        """The components that differ, and the schemas whose classes are spelt alike."""
        schemas: set[str] = set()
        for side in self._sides:
            for section, named in side.tree.get("components", {}).items():
                places = [join("/components", section, name) for name in named]
                yield from (place for place in places if not self._unchanged(place, place))
            schemas.update(side.tree.get("components", {}).get("schemas", {}))
        yield from (join(SCHEMAS, name) for name in _alike(schemas))

    def _reach(self, pending: Iterable[str]) -> None:
        """Take in what is referred to, by the one or the other document."""
        pending = list(pending)
        while pending:
            place = pending.pop()
            for side in self._sides:
                value = side.value(place)
                found = _named(value)
                if isinstance(value, dict) and "discriminator" in value:
                    found |= set(side.all_heirs(place))
                pending += found - self.places
                self.places |= found


def _rest(tree: dict[str, Any]) -> dict[str, Any]:
    """What stays of a document as it is, such as its webhooks."""
    return {field: value for field, value in tree.items() if field not in {"paths", "components"}}


def _named(value: Any) -> set[str]:
    """The components that a part refers to, also by the names of a mapping (OAS 3.2 §4.25)."""
    found: set[str] = set()
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            pending += part.values()
            found |= set(_components_of(part.get("$ref")))
            mapping = part.get("mapping")
            names = [*mapping.values()] if isinstance(mapping, dict) else []
            for name in (*names, part.get("defaultMapping")):
                found |= {join(SCHEMAS, str(name)), *_components_of(name)}
        elif isinstance(part, list):
            pending += part
    return found


def _components_of(reference: Any) -> Iterable[str]:
    """The component or path item that a reference leads into."""
    if isinstance(reference, str) and reference.startswith("#/"):
        parts = tokens(from_reference(reference))
        yield join("", *parts[: 3 if parts[0] == "components" else 2])


def _operations(item: Any) -> Iterable[dict[str, Any]]:
    if isinstance(item, dict):
        yield from (item[method] for method in METHODS if isinstance(item.get(method), dict))


def _alike(spelt: Iterable[str]) -> list[str]:
    """The names that another is spelt like, as a variable or as a class."""
    spellings = {name: names.snake(name, "").replace("_", "") for name in spelt}
    times = Counter(spellings.values())
    return [name for name, spelling in spellings.items() if times[spelling] > 1]
