"""Servers that are late, silent or never done, each wait bounded."""

import asyncio

from completion_server.faults.changes.streams import Frames, change_frames, is_a
from completion_server.faults.changes.waits import pings, silent_after, wait_before
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import COMPLETION, FEEDBACKS, SITE, UPLOAD

HANG_SECONDS = 60.0
LATE_SECONDS = 15.0


async def _open_after_end(frames: Frames) -> Frames:
    async for frame in frames:
        yield frame
    await asyncio.sleep(HANG_SECONDS)


async def _pings_for_end(frames: Frames) -> Frames:
    """Ping where the end should be."""
    async for frame in frames:
        if is_a(frame, "message_end"):
            async for ping in pings(HANG_SECONDS):
                yield ping
        yield frame


FAULTS = (
    Fault("hang", "/site answers after a minute.", SITE, wait_before(HANG_SECONDS)),
    Fault("hang-on-upload", "An upload hangs for a minute.", UPLOAD, wait_before(HANG_SECONDS)),
    Fault("late-list", "The list of feedback takes 15 s.", FEEDBACKS, wait_before(LATE_SECONDS)),
    Fault(
        "silent-stream",
        "A stream is silent for a minute after its first event.",
        COMPLETION,
        silent_after(1, HANG_SECONDS),
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
