"""A document and its mended copy into what of the copy nobody wrote, and what the copy lacks.

So that nothing is said of what was made up, nor of what is only missing since it was taken out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from specloom.document.object_kinds import kind_of
from specloom.document.pointer import around, join, tokens

if TYPE_CHECKING:
    from specloom.document.load import Document


@dataclass(slots=True)
class Traces:
    """What mending did to a document, by pointers."""

    said: set[str] = field(default_factory=set)
    """What was not valid."""
    added: set[str] = field(default_factory=set)
    """What was not there."""
    moved: dict[str, str] = field(default_factory=dict)
    """What stands elsewhere in the copy, and where it was written."""
    poorer: set[str] = field(default_factory=set)
    """Schemas, lists and maps that lost a part, as they were written."""
    without_parameters: set[str] = field(default_factory=set)
    """Operations and path items that lost a parameter, as they were written."""
    lost: set[str] = field(default_factory=set)
    """The names of the components that are gone."""

    def written(self, pointer: str) -> str | None:
        """Where a place of the copy was written; None if it is not as it was."""
        places = around(pointer)
        if not self.added.isdisjoint(places):
            return None
        moved = next((place for place in places if place in self.moved), None)
        written = pointer if moved is None else self.moved[moved] + pointer[len(moved) :]
        return None if written in self.said or written in self.poorer else written

    def has_lost(self, message: str) -> bool:
        """Whether a message names a component that is gone."""
        return any(repr(name) in message for name in self.lost)


def traces(document: Document, copy: Document) -> Traces:
    """What the copy differs by."""
    found = Traces()
    pending = [(document.tree, copy.tree, "", "")]
    while pending:
        old, new, written, place = pending.pop()
        if old == new:
            continue
        before, after = _parts(old), _parts(new)
        kept = {key: key for key in after if key in before}
        kept.update(_moved(document, copy, (before, written), (after, place)))
        _note_lost(found, before.keys() - kept.values(), written)
        # What has an origin was copied from another place.
        added = {join(place, key) for key in after.keys() - kept.keys()}
        found.added |= added - copy.origins.keys()
        for key, was in kept.items():
            here, there = join(place, key), join(written, was)
            if key != was:
                found.moved[here] = there
            pending.append((before[was], after[key], there, here))
    return found


def _parts(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {str(index): item for index, item in enumerate(value)}
    return value if isinstance(value, dict) else {}


def _moved(
    document: Document,
    copy: Document,
    old: tuple[dict[str, Any], str],
    new: tuple[dict[str, Any], str],
) -> dict[str, str]:
    """The keys of a part of the copy that know where they were written, each with its old one."""
    (before, written), (after, place) = old, new
    keys = {copy.origins.get(join(place, key)): key for key in after}
    keys.pop(None, None)
    origins = {was: document.origin(join(written, was)) for was in before} if keys else {}
    return {keys[origin]: was for was, origin in origins.items() if origin in keys}


def _note_lost(found: Traces, gone: set[str], written: str) -> None:
    """Remember what is gone from a part of the document."""
    if not gone:
        return
    path = tuple(tokens(written))
    kind = kind_of(path)
    if kind is None or kind.name == "schema":
        found.poorer.add(written)
    if path[-1:] == ("parameters",):
        found.without_parameters.add(written.rpartition("/")[0])
    if path[:1] == ("components",):
        found.lost |= gone
