"""What a body, an answer, a parameter or a header holds: media types and their schemas.

A media type is the same whatever its case and its parameters, unless several differ by these alone.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from specloom.diff.change import Direction
from specloom.diff.schemas.words import quoted
from specloom.media_types import essence

from . import encodings, files, streams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .both import Both, Held


class MediaTypes(NamedTuple):
    """The media types of two documents: the same ones, and those of one alone."""

    both: list[tuple[str, Held, Held]]
    gone: list[tuple[str, Held]]
    added: list[tuple[str, Held]]


def media_types(old: Held, new: Held) -> MediaTypes:
    """The entries of two `content`s; a range stands for what it covers."""
    before, after = _by_name(old), _by_name(new)
    pairs = []
    gone, added = dict(before), dict(after)
    for name in after:
        known = name if name in before else _covering(name, before)
        if known is not None:
            pairs.append((name, before[known], after[name]))
            del added[name]
            if known in gone and known in after:
                del gone[known]
    for name in list(gone):
        known = None if name in after else _covering(name, after)
        if known is not None:
            pairs.append((name, gone.pop(name), after[known]))
    return MediaTypes(pairs, list(gone.items()), list(added.items()))


def _by_name(holder: Held) -> dict[str, Held]:
    entries = holder.children("content")
    number = Counter(essence(name) for name in entries)
    return {
        essence(name) if number[essence(name)] == 1 else name.lower().replace(" ", ""): media
        for name, media in entries.items()
    }


def _covering(name: str, known: dict[str, Held]) -> str | None:
    """The range that a media type falls under."""
    kind = essence(name)
    ranges = (kind, kind.partition("/")[0] + "/*", "*/*")
    return next((one for one in ranges if one in known and one != name), None)


def changes(both: Both, old: Held, new: Held, name: str, direction: Direction) -> Iterator[Change]:
    """What changed of one media type."""
    if streams.same_framing(old, new):
        schemas = old.child("schema"), new.child("schema")
        if name.startswith("multipart/"):
            both.schemas.take_for_same(encodings.same_files(old, new))
        if not files.same_bytes(*schemas, name):
            both.compare(old, new, "schema", direction)
        both.compare(old, new, "itemSchema", direction)
    else:
        yield streams.ITEMS.change(
            f"what {quoted(name)} holds is told in another way", old.pointer, new.pointer
        )
    yield from streams.changes(old, new)
    if direction is Direction.REQUEST:
        yield from encodings.changes(both, old, new, name)


def same_content(both: Both, old: Held, new: Held, direction: Direction) -> bool:
    """Whether a parameter or header is of one media type still; compares its schemas if so."""
    found = media_types(old, new)
    if found.gone or found.added:
        return False
    both.compare(old, new, "schema", direction)
    for _, before, after in found.both:
        both.compare(before, after, "schema", direction)
    return True
