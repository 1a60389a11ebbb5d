"""What a server made anew in a sequence of exchanges, into the requests that come after.

An id that an earlier answer gave is another one the next time. Knows nothing of documents.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from specloom.contract.exchanges.exchange import decode, read_json
from specloom.document.pointer import join, resolve
from specloom.event_stream import EVENT_STREAM, parse_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.contract.exchanges.exchange import Request, Response

# What is shorter may stand in a request by chance.
_SHORTEST: Final = 8
_WORD: Final = re.compile(r"[A-Za-z_]+")


@dataclass(slots=True)
class LinkedValues:
    """Values of recorded answers, and those that stand in their place now."""

    _now: dict[str, str] = field(default_factory=dict)
    _segments: dict[str, str] = field(default_factory=dict)

    def learn(self, recorded: Response, answered: Response) -> None:
        """Pair what stands at the same place of an answer, as it was recorded and as it is."""
        now = _value(answered)
        for pointer, old in _leaves(_value(recorded)):
            try:
                new = resolve(now, pointer)
            except KeyError:
                continue
            if type(new) is type(old) and new != old:
                self._pair(pointer, str(old), str(new))

    def _pair(self, pointer: str, old: str, new: str) -> None:
        if pointer.lower().endswith("id"):
            self._segments.setdefault(old, new)
        # A plain word, such as a status, may stand in a request for itself.
        if len(old) >= _SHORTEST and not old.isdecimal() and not _WORD.fullmatch(old):
            self._now.setdefault(old, new)

    def link(self, request: Request) -> Request:
        """The request with the values of now: ids in path and body, as they stand there."""
        path, mark, query = request.target.partition("?")
        segments = [self._segments.get(segment, segment) for segment in path.split("/")]
        target = self._replaced("/".join(segments) + mark + query, _percent_encoded)
        # What is no UTF-8 comes back as it was.
        text = request.body.decode("utf-8", "surrogateescape")
        body = self._replaced(text, _json_escaped).encode("utf-8", "surrogateescape")
        return replace(request, target=target, body=body)

    def _replaced(self, text: str, escape: Callable[[str], str]) -> str:
        """A text with all old values replaced at once, escaped or not, the longest first."""
        pairs = self._now | {escape(old): escape(new) for old, new in self._now.items()}
        pattern = "|".join(map(re.escape, sorted(pairs, key=len, reverse=True)))
        return re.sub(pattern, lambda match: pairs[match[0]], text) if pairs else text


def _value(response: Response) -> Any:
    """The body as JSON, or the data of a stream's events; None if it is neither."""
    try:
        body = decode(response)
    except (ValueError, RecursionError):
        return None
    if response.media_type != EVENT_STREAM:
        return body
    return [_json(event.get("data", "")) for event in parse_events(body)[0]]


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except ValueError:
        return None


def _leaves(value: Any) -> Iterator[tuple[str, str | int]]:
    """The strings and integers in a value, with their pointers."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        pointer, item = waiting.pop()
        if isinstance(item, dict):
            waiting += [(join(pointer, name), inner) for name, inner in item.items()]
        elif isinstance(item, list):
            waiting += [(join(pointer, index), inner) for index, inner in enumerate(item)]
        elif isinstance(item, str | int) and not isinstance(item, bool):
            yield pointer, item


def _percent_encoded(text: str) -> str:
    return quote(text, safe="")


def _json_escaped(text: str) -> str:
    return json.dumps(text)[1:-1]
