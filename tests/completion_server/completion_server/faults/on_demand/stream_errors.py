"""Errors that come when a stream has begun: HTTP 200, then an `error` event, then the end."""

from completion_server.faults.changes.events import origin_of
from completion_server.faults.changes.streams import (
    Frames,
    WriteFrame,
    change_events,
    event_of,
    numbered,
)
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import COMPLETION

BEFORE = 2


def _fails(code: str, status: int, message: str) -> Wrap:
    async def failing(frames: Frames, write: WriteFrame) -> Frames:
        async for number, frame in numbered(frames):
            event = event_of(frame)
            if event is not None and (number > BEFORE or event["event"] != "message"):
                yield write(origin_of(event).error(status, code, message))
                return
            yield frame

    return change_events(failing)


def _stream_error(code: str, message: str, status: int = 400) -> Fault:
    return Fault(
        f"stream-error-{code}",
        f"A stream ends with an `error` event, `{code}`, after {BEFORE} pieces of the answer.",
        COMPLETION,
        _fails(code, status, message),
    )


FAULTS = (
    _stream_error("completion_request_error", "Completion request failed."),
    _stream_error("provider_not_initialize", "No valid model provider credentials found."),
    _stream_error("provider_quota_exceeded", "Your quota has been exhausted."),
    _stream_error("model_currently_not_support", "The model is currently not supported."),
    _stream_error("invalid_param", "Query or prefix prompt is too long."),
    _stream_error("internal_server_error", "Internal Server Error", 500),
)
