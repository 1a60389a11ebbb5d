"""Events that follow one another as they must not."""

import uuid

from completion_server.faults.changes import events
from completion_server.faults.changes.edits import put
from completion_server.faults.changes.streams import (
    Event,
    Frames,
    after_event,
    before_event,
    change_frames,
    drop_event,
    each_event,
    event_of,
    frame_of,
    is_a,
)
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import COMPLETION

LAST = 3


def _others_from_the_third(*names: str) -> Wrap:
    """Give other ids from the third event on."""

    async def changed(frames: Frames) -> Frames:
        seen, other = 0, str(uuid.uuid4())
        async for frame in frames:
            event = event_of(frame)
            seen += event is not None
            if event is not None and seen >= LAST:
                event |= {name: other for name in names if name in event}
                yield frame_of(event)
            else:
                yield frame

    return change_frames(changed)


def _created_later() -> Wrap:
    async def changed(frames: Frames) -> Frames:
        seen = 0
        async for frame in frames:
            event = event_of(frame)
            if event is None:
                yield frame
                continue
            yield frame_of(put("created_at", event["created_at"] + seen)(event))
            seen += 1

    return change_frames(changed)


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
    seen = 0
    async for frame in frames:
        yield frame
        seen += event_of(frame) is not None
        if seen == LAST:
            return


async def _empty(frames: Frames) -> Frames:
    async for _ in frames:
        pass
    yield b""


def _error_then(*names: str) -> Wrap:
    """Put an error before the end, and after the end what is named."""

    def changed(event: Event) -> tuple[Event, ...]:
        if event["event"] != "message_end":
            return (event,)
        following = {"message": events.message(event), "message_end": event}
        return (events.error(event), *(following[name] for name in names))

    return each_event(changed)


def _speech_after_its_end(event: Event) -> tuple[Event, ...]:
    if event["event"] != "message_end":
        return (event,)
    spoken = events.tts_message(event)
    return (spoken, event, events.tts_message_end(event), spoken)


def _fault(name: str, summary: str, wrap: Wrap) -> Fault:
    return Fault(name, summary, COMPLETION, wrap)


FAULTS = (
    _fault("no-message-end", "A stream has no `message_end`.", drop_event("message_end")),
    _fault("ends-early", "A stream is over after three events.", change_frames(_without_last)),
    _fault("empty-stream", "A stream has no events at all.", change_frames(_empty)),
    _fault(
        "message-after-end",
        "A `message` follows `message_end`.",
        after_event("message_end", events.message),
    ),
    _fault(
        "replace-after-end",
        "A `message_replace` follows `message_end`.",
        after_event("message_end", events.message_replace),
    ),
    _fault(
        "error-after-end",
        "An `error` follows `message_end`.",
        after_event("message_end", events.error),
    ),
    _fault(
        "end-twice",
        "`message_end` comes twice.",
        after_event("message_end", lambda end: end),
    ),
    _fault("end-first", "`message_end` comes first.", change_frames(_end_first)),
    _fault("end-after-error", "`message_end` follows an `error`.", _error_then("message_end")),
    _fault("message-after-error", "A `message` follows an `error`.", _error_then("message")),
    _fault(
        "error-twice",
        "An answer fails twice.",
        each_event(
            lambda event: (
                (events.error(event), events.error(event))
                if event["event"] == "message_end"
                else (event,)
            )
        ),
    ),
    _fault(
        "speech-after-its-end",
        "A `tts_message` follows `tts_message_end`.",
        each_event(_speech_after_its_end),
    ),
    _fault(
        "speech-end-with-audio",
        "`tts_message_end` brings audio.",
        after_event("message_end", lambda end: events.tts_message_end(end, events.AUDIO)),
    ),
    _fault(
        "message-id-changes",
        "`message_id` and `id` change in mid-stream.",
        _others_from_the_third("message_id", "id"),
    ),
    _fault(
        "task-id-changes", "`task_id` changes in mid-stream.", _others_from_the_third("task_id")
    ),
    _fault("created-at-changes", "`created_at` counts up in a stream.", _created_later()),
    _fault(
        "messages-reversed", "The pieces of an answer come in reverse.", change_frames(_reversed)
    ),
    _fault(
        "ping-as-data",
        "A ping comes as an event with data.",
        before_event("message_end", lambda end: {"event": "ping", "task_id": end["task_id"]}),
    ),
)
