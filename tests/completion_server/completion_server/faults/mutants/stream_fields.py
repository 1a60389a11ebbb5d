"""Events of a stream with a field that is missing, superfluous, or of the wrong type or value."""

from collections.abc import Callable

from completion_server.faults.changes import events
from completion_server.faults.changes.edits import Edit, at, put, without
from completion_server.faults.changes.streams import edit_event, replace_event
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import COMPLETION
from completion_server.operations.events import Event

NOT_BASE64 = "SUQz*BAAAAA"
TEXT_IN_BASE64 = "VGhpcyBpcyBub3QgYW4gTVAzLg=="


def _message(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, COMPLETION, edit_event("message", edit))


def _at_end(name: str, summary: str, change: Callable[[Event], tuple[Event, ...]]) -> Fault:
    return Fault(name, summary, COMPLETION, replace_event("message_end", change))


def _speech(name: str, summary: str, audio: str) -> Fault:
    def spoken(end: Event) -> tuple[Event, ...]:
        return ({**events.tts_message(end), "audio": audio}, end, events.tts_message_end(end))

    return _at_end(name, summary, spoken)


FAULTS = (
    _message("task-id-missing", "In a stream, a `message` has no `task_id`.", without("task_id")),
    _message(
        "chunk-answer-null", "In a stream, a `message` has the `answer` null.", put("answer", None)
    ),
    _message(
        "chunk-created-at-text",
        "In a stream, the `created_at` of a `message` is text.",
        at("created_at", str),
    ),
    _message(
        "chunk-tag-unknown",
        "In a stream, a `message` is called `text_chunk`.",
        put("event", "text_chunk"),
    ),
    _message(
        "chunk-prompt-leaked",
        "In a stream, a `message` tells the prompt.",
        put("prompt", "You are …"),
    ),
    _at_end(
        "end-usage-missing",
        "In a stream, `message_end` has no `usage`.",
        lambda end: (without("metadata.usage")(end),),
    ),
    _at_end(
        "replace-reason-missing",
        "In a stream, `message_replace` has no `reason`.",
        lambda end: (without("reason")(events.message_replace(end)), end),
    ),
    _speech("speech-no-base64", "In a stream, `audio` is no base64.", NOT_BASE64),
    _speech("speech-text", "In a stream, `audio` is base64 of text.", TEXT_IN_BASE64),
    _at_end(
        "error-event-code-missing",
        "In a stream, an `error` has no `code`.",
        lambda end: (without("code")(events.error(end)),),
    ),
)
