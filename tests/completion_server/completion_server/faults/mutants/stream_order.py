"""Events that follow one another as they must not."""

from collections.abc import Callable

from completion_server.faults.changes import events
from completion_server.faults.changes.streams import (
    Frames,
    WriteFrame,
    change_events,
    change_frames,
    event_of,
    is_a,
    numbered,
    replace_event,
)
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import COMPLETION
from completion_server.operations.events import Event

THIRD = 3
OTHER = "44444444-4444-4444-8444-444444444444"


def _each(change: Callable[[int, Event], Event]) -> Wrap:
    """Change every event by its number, counted from 1."""

    async def changed(frames: Frames, write: WriteFrame) -> Frames:
        async for number, frame in numbered(frames):
            event = event_of(frame)
            yield frame if event is None else write(change(number, event))

    return change_events(changed)


def _others_from_the_third(*names: str) -> Wrap:
    """Give other ids from the third event on."""

    def change(number: int, event: Event) -> Event:
        others = {name: OTHER for name in names if name in event}
        return {**event, **others} if number >= THIRD else event

    return _each(change)


def _counting_up(number: int, event: Event) -> Event:
    return {**event, "created_at": event["created_at"] + number - 1}


async def _end_first(frames: Frames) -> Frames:
    kept = [frame async for frame in frames]
    ends = [frame for frame in kept if is_a(frame, "message_end")]
    for frame in [*ends, *(frame for frame in kept if frame not in ends)]:
        yield frame


async def _reversed(frames: Frames) -> Frames:
    kept = [frame async for frame in frames]
    pieces = [frame for frame in kept if is_a(frame, "message")]
    for frame in [*pieces[::-1], *(frame for frame in kept if frame not in pieces)]:
        yield frame


async def _without_last(frames: Frames) -> Frames:
    """Stop after three events, as if that were all."""
    async for number, frame in numbered(frames):
        yield frame
        if number == THIRD:
            return


async def _empty(frames: Frames) -> Frames:
    async for _ in frames:
        pass
    yield b""


def _fault(name: str, summary: str, wrap: Wrap) -> Fault:
    return Fault(name, summary, COMPLETION, wrap)


def _at_end(name: str, summary: str, change: Callable[[Event], tuple[Event, ...]]) -> Fault:
    """Put events in the place of `message_end`."""
    return _fault(name, summary, replace_event("message_end", change))


def _speech_after_its_end(end: Event) -> tuple[Event, ...]:
    spoken = events.tts_message(end)
    return (spoken, end, events.tts_message_end(end), spoken)


FAULTS = (
    _at_end("no-message-end", "A stream has no `message_end`.", lambda _: ()),
    _fault("ends-early", "A stream is over after three events.", change_frames(_without_last)),
    _fault("empty-stream", "A stream has no events at all.", change_frames(_empty)),
    _at_end(
        "message-after-end",
        "In a stream, a `message` follows `message_end`.",
        lambda end: (end, events.message(end)),
    ),
    _at_end(
        "replace-after-end",
        "In a stream, a `message_replace` follows `message_end`.",
        lambda end: (end, events.message_replace(end)),
    ),
    _at_end(
        "error-after-end",
        "In a stream, an `error` follows `message_end`.",
        lambda end: (end, events.error(end)),
    ),
    _at_end("end-twice", "In a stream, `message_end` comes twice.", lambda end: (end, end)),
    _fault("end-first", "In a stream, `message_end` comes first.", change_frames(_end_first)),
    _at_end(
        "end-after-error",
        "In a stream, `message_end` follows an `error`.",
        lambda end: (events.error(end), end),
    ),
    _at_end(
        "message-after-error",
        "In a stream, a `message` follows an `error`.",
        lambda end: (events.error(end), events.message(end)),
    ),
    _at_end(
        "error-twice",
        "In a stream, an answer fails twice.",
        lambda end: (events.error(end), events.error(end)),
    ),
    _at_end(
        "speech-after-its-end",
        "In a stream, a `tts_message` follows `tts_message_end`.",
        _speech_after_its_end,
    ),
    _at_end(
        "speech-end-with-audio",
        "In a stream, `tts_message_end` brings audio.",
        lambda end: (end, {**events.tts_message_end(end), "audio": events.AUDIO}),
    ),
    _fault(
        "message-id-changes",
        "In a stream, `message_id` and `id` change at the third event.",
        _others_from_the_third("message_id", "id"),
    ),
    _fault(
        "task-id-changes",
        "In a stream, `task_id` changes at the third event.",
        _others_from_the_third("task_id"),
    ),
    _fault("created-at-changes", "`created_at` counts up in a stream.", _each(_counting_up)),
    _fault(
        "messages-reversed",
        "In a stream, the pieces of an answer come in reverse.",
        change_frames(_reversed),
    ),
    _at_end(
        "ping-as-data",
        "In a stream, a ping comes as an event with data.",
        lambda end: ({"event": "ping", "task_id": end["task_id"]}, end),
    ),
)
