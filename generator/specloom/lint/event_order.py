"""The events of a stream against the order that `x-event-stream` gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .stream_examples import content, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def order_faults(items: Sequence[Any], word: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the order of a whole stream; `word` is a well-formed x-event-stream."""
    if "ends" in word:
        names = [name_of(item, word["tag"]) for item in items]
        yield from _end_faults(names, word["ends"], word.get("after-end", ()))
    for field in word.get("constant", ()):
        yield from _constant_faults(items, field)


def _end_faults(
    names: list[str | None], ends: Sequence[str], after: Sequence[str]
) -> Iterator[str]:
    end = next((index for index, name in enumerate(names) if name in ends), None)
    if end is None:
        yield f"no event ends the stream: one of {', '.join(ends)} is missing"
        return
    for number, name in enumerate(names[end + 1 :], end + 2):
        if name not in after:
            yield f"event {number} ({name}) comes after the end"


def _constant_faults(items: Sequence[Any], field: str) -> Iterator[str]:
    carried = [content(item) for item in items]
    values = [(n, item[field]) for n, item in enumerate(carried, 1) if _has(item, field)]
    for number, value in values:
        if value != values[0][1]:
            yield f"event {number}: {field} is no longer what it was"
            return


def _has(item: Any, field: str) -> bool:
    return isinstance(item, dict) and field in item
