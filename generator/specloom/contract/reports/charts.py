"""Counts into small charts: SVG that needs no script and says its figures to a reader.

Knows nothing of what is counted. Colours are classes of the page's style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WIDTH: Final = 220
_HEIGHT: Final = 14
_TALL: Final = 36

_SVG: Final = Markup(
    '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>'
)
_BAR: Final = Markup(
    '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>'
)


def status_bar(statuses: Mapping[str, int]) -> Markup:
    """A bar of 100 %: how often each status came, coloured by its class (RFC 9110 §15)."""
    total = sum(statuses.values())
    said = ", ".join(f"{status}: {count}" for status, count in statuses.items())
    return _svg("bar", _HEIGHT, said or "no answers", _segments(statuses, total))


def _segments(statuses: Mapping[str, int], total: int) -> Iterator[Markup]:
    start = 0.0
    for status, count in statuses.items():
        width = _WIDTH * count / total
        # A hair between neighbours tells two statuses of one class apart.
        shown = max(width - 1, 0.5)
        yield _BAR.format(f"s{status[0]}", start, 0, shown, _HEIGHT, f"{status}: {count} times")
        start += width


def histogram(buckets: Iterable[Mapping[str, Any]]) -> Markup:
    """Columns: how many answers took how long, by the buckets `{up_to, times}` in milliseconds."""
    listed = list(buckets)
    highest = max((bucket["times"] for bucket in listed), default=0) or 1
    said = ", ".join(
        f"{_bucket(number, listed)}: {bucket['times']}"
        for number, bucket in enumerate(listed)
        if bucket["times"]
    )
    return _svg("histogram", _TALL, said or "no answers", _columns(listed, highest))


def _columns(buckets: list[Mapping[str, Any]], highest: int) -> Iterator[Markup]:
    step = _WIDTH / max(len(buckets), 1)
    for number, bucket in enumerate(buckets):
        height = (_TALL - 2) * bucket["times"] / highest
        # What came but once is to be seen beside a thousand.
        height = max(height, 2.0) if bucket["times"] else 0.5
        said = f"{_bucket(number, buckets)}: {bucket['times']} times"
        kind = "column" if bucket["times"] else "column none"
        yield _BAR.format(kind, number * step, _TALL - height, step - 2, height, said)


def _bucket(number: int, buckets: list[Mapping[str, Any]]) -> str:
    """A bucket in words: `5 to 10 ms`."""
    low = buckets[number - 1]["up_to"] if number else 0
    high = buckets[number]["up_to"]
    return f"more than {low} ms" if high is None else f"{low} to {high} ms"


def _svg(kind: str, height: int, said: str, marks: Iterable[Markup]) -> Markup:
    return _SVG.format(kind, _WIDTH, height, _WIDTH, height, said, Markup().join(marks))
