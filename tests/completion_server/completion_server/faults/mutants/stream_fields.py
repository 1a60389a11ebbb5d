"""Events of a stream with a field that is missing, superfluous, or of the wrong type or value."""

from completion_server.faults.changes import events
from completion_server.faults.changes.edits import Edit, at, put, without
from completion_server.faults.changes.streams import (
    Event,
    before_event,
    change_event,
    each_event,
)
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import COMPLETION

NOT_BASE64 = "SUQz*BAAAAA"
TEXT_IN_BASE64 = "VGhpcyBpcyBub3QgYW4gTVAzLg=="
USAGE = "metadata.usage"


def _message(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, COMPLETION, change_event("message", edit))


def _end(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, COMPLETION, change_event("message_end", edit))


def _replace(name: str, summary: str, edit: Edit) -> Fault:
    def replaced(end: Event) -> Event:
        made: Event = edit(events.message_replace(end))
        return made

    return Fault(name, summary, COMPLETION, before_event("message_end", replaced))


def _speech(name: str, summary: str, edit: Edit) -> Fault:
    def spoken(end: Event) -> tuple[Event, ...]:
        if end["event"] != "message_end":
            return (end,)
        return (edit(events.tts_message(end)), end, events.tts_message_end(end))

    return Fault(name, summary, COMPLETION, each_event(spoken))


def _error(name: str, summary: str, edit: Edit) -> Fault:
    def failed(event: Event) -> tuple[Event, ...]:
        return (edit(events.error(event)),) if event["event"] == "message_end" else (event,)

    return Fault(name, summary, COMPLETION, each_event(failed))


FAULTS = (
    _message("task-id-missing", "A `message` has no `task_id`.", without("task_id")),
    _message("chunk-answer-missing", "A `message` has no `answer`.", without("answer")),
    _message("chunk-answer-null", "A `message` has the `answer` null.", put("answer", None)),
    _message("chunk-id-missing", "A `message` has no `id`.", without("id")),
    _message("chunk-id-no-uuid", "A `message` has an `id` that is no UUID.", put("id", "chunk")),
    _message("chunk-created-at-text", "`created_at` is text.", at("created_at", str)),
    _message("chunk-tag-missing", "A `message` has no `event`.", without("event")),
    _message(
        "chunk-tag-unknown", "A `message` is called `text_chunk`.", put("event", "text_chunk")
    ),
    _message(
        "chunk-selector-text",
        "`from_variable_selector` is text.",
        put("from_variable_selector", "llm"),
    ),
    _message("chunk-prompt-leaked", "A `message` tells the prompt.", put("prompt", "You are …")),
    _end("end-metadata-missing", "`message_end` has no `metadata`.", without("metadata")),
    _end("end-usage-missing", "`message_end` has no `usage`.", without(USAGE)),
    _end("end-tokens-text", "`total_tokens` is text.", at(f"{USAGE}.total_tokens", str)),
    _end("end-price-number", "`total_price` is a number.", at(f"{USAGE}.total_price", float)),
    _end("end-files-object", "`files` is an object.", put("files", {})),
    _end("end-task-id-null", "`message_end` has the `task_id` null.", put("task_id", None)),
    _replace("replace-answer-missing", "`message_replace` has no `answer`.", without("answer")),
    _replace("replace-reason-missing", "`message_replace` has no `reason`.", without("reason")),
    _replace(
        "replace-answer-list", "`message_replace` has a list for an `answer`.", put("answer", ["x"])
    ),
    _speech("speech-no-base64", "`audio` is no base64.", put("audio", NOT_BASE64)),
    _speech("speech-text", "`audio` is base64 of text.", put("audio", TEXT_IN_BASE64)),
    _speech("speech-null", "`audio` is null.", put("audio", None)),
    _speech("speech-task-id-missing", "`tts_message` has no `task_id`.", without("task_id")),
    _error("error-event-code-missing", "An `error` has no `code`.", without("code")),
    _error("error-event-status-text", "An `error` has text for a `status`.", put("status", "400")),
    _error("error-event-message-null", "An `error` has the `message` null.", put("message", None)),
)
