"""What later requests need of earlier answers: our ids for the recorded ones, and feedback given.

Knows nothing of HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.replay.event_stream import read_events
from tests.replay.exchange import EVENT_STREAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.replay.exchange import Answer

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

# A rating and what was said with it.
Rating = tuple[str, str | None]


@dataclass
class Carried:
    """The state of a replay; `ratings` are by recorded message id, as of our server now."""

    ids: dict[str, str] = field(default_factory=dict)
    ratings: dict[str, Rating] = field(default_factory=dict)

    def put_into(self, text: str) -> str:
        """Put our ids in place of the recorded ones; an id that nothing made is left."""
        return UUID.sub(lambda found: self.ids.get(found[0], found[0]), text)

    def take_from(self, recorded: Answer, ours: Answer) -> None:
        """Learn which of our ids stand where recorded ones stood; what is known stays."""
        for their_id, our_id in _pairs(recorded, ours):
            self.ids.setdefault(their_id, our_id)


def _pairs(recorded: Answer, ours: Answer) -> Iterator[tuple[str, str]]:
    if recorded.media_type != ours.media_type:
        return
    if recorded.media_type == EVENT_STREAM:
        # Ids are the same in all events of a stream.
        our_events = dict(read_events(ours.body))
        for name, event in dict(read_events(recorded.body)).items():
            yield from _ids(event, our_events.get(name))
    else:
        yield from _ids(recorded.json, ours.json)


def _ids(recorded: Any, ours: Any) -> Iterator[tuple[str, str]]:
    match recorded, ours:
        case dict(), dict():
            for name in recorded.keys() & ours.keys():
                yield from _ids(recorded[name], ours[name])
        case list(), list():
            for item, our_item in zip(recorded, ours, strict=False):
                yield from _ids(item, our_item)
        case str(), str() if UUID.fullmatch(recorded):
            yield recorded, ours
