"""Servers that are late, silent or never done, each wait bounded."""

import asyncio

from completion_server.faults.changes.streams import Frames, change_frames, event_of
from completion_server.faults.changes.waits import pings, wait_before
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import COMPLETION, FEEDBACKS, SITE, SPEAK, STOP, UPLOAD

HANG_SECONDS = 60.0
LATE_SECONDS = 15.0


def _silent_after(events: int, seconds: float) -> Wrap:
    async def silent(frames: Frames) -> Frames:
        seen = 0
        async for frame in frames:
            seen += event_of(frame) is not None
            yield frame
            if seen == events:
                await asyncio.sleep(seconds)

    return change_frames(silent)


async def _open_after_end(frames: Frames) -> Frames:
    async for frame in frames:
        yield frame
    await asyncio.sleep(HANG_SECONDS)


async def _pings_for_end(frames: Frames) -> Frames:
    """Ping where the end should be."""
    async for frame in frames:
        event = event_of(frame)
        if event is not None and event["event"] == "message_end":
            async for ping in pings(HANG_SECONDS):
                yield ping
        yield frame


FAULTS = (
    Fault("hang", "/site answers after a minute.", SITE, wait_before(HANG_SECONDS)),
    Fault("hang-on-upload", "An upload hangs for a minute.", UPLOAD, wait_before(HANG_SECONDS)),
    Fault("hang-on-speech", "Speech hangs for a minute.", SPEAK, wait_before(HANG_SECONDS)),
    Fault("late-list", "The list of feedback takes 15 s.", FEEDBACKS, wait_before(LATE_SECONDS)),
    Fault("late-stop", "A stop request takes 15 s.", STOP, wait_before(LATE_SECONDS)),
    Fault(
        "silent-stream",
        "A stream is silent for a minute after its first event.",
        COMPLETION,
        _silent_after(1, HANG_SECONDS),
    ),
    Fault(
        "open-after-end",
        "A stream stays open for a minute after `message_end`.",
        COMPLETION,
        change_frames(_open_after_end),
    ),
    Fault(
        "endless-pings",
        "A stream pings for a minute instead of ending.",
        COMPLETION,
        change_frames(_pings_for_end),
    ),
)
