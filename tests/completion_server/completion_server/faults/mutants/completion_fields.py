"""Blocking answers with a field that is missing, superfluous, or of the wrong type or value."""

from completion_server.faults.changes.answers import change_json
from completion_server.faults.changes.edits import Edit, at, put, renamed, without
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import COMPLETION

USAGE = "metadata.usage"
NO_UUID = "msg_0001"


def _fault(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, COMPLETION, change_json(edit))


FAULTS = (
    _fault("answer-missing", "There is no `answer`.", without("answer")),
    _fault("answer-null", "`answer` is null.", put("answer", None)),
    _fault("answer-list", "`answer` is a list.", at("answer", lambda text: [text])),
    _fault("answer-renamed", "`answer` is called `text`.", renamed("answer", "text")),
    _fault("blocking-task-id-missing", "There is no `task_id`.", without("task_id")),
    _fault("message-id-missing", "There is no `message_id`.", without("message_id")),
    _fault("message-id-no-uuid", "`message_id` is no UUID.", put("message_id", NO_UUID)),
    _fault("task-id-number", "`task_id` is a number.", put("task_id", 1234567)),
    _fault(
        "ids-differ",
        "`id` is not the `message_id`.",
        put("id", "00000000-0000-4000-8000-000000000000"),
    ),
    _fault("event-unknown", "`event` is not `message`.", put("event", "completion")),
    _fault("mode-chat", "`mode` is `chat`.", put("mode", "chat")),
    _fault("created-at-text", "`created_at` is text.", at("created_at", str)),
    _fault(
        "created-at-milliseconds",
        "`created_at` is in milliseconds.",
        at("created_at", lambda seconds: seconds * 1000),
    ),
    _fault("created-at-float", "`created_at` has a fraction.", at("created_at", lambda s: s + 0.5)),
    _fault("metadata-missing", "There is no `metadata`.", without("metadata")),
    _fault("metadata-list", "`metadata` is a list.", put("metadata", [])),
    _fault("usage-missing", "There is no `usage`.", without(USAGE)),
    _fault("usage-null", "`usage` is null.", put(USAGE, None)),
    _fault("currency-missing", "`usage` has no `currency`.", without(f"{USAGE}.currency")),
    _fault("tokens-text", "`prompt_tokens` is text.", at(f"{USAGE}.prompt_tokens", str)),
    _fault("price-number", "`total_price` is a number.", at(f"{USAGE}.total_price", float)),
    _fault("price-comma", "A price has a comma.", put(f"{USAGE}.prompt_unit_price", "0,001")),
    _fault("price-currency", "A price has a `$`.", at(f"{USAGE}.total_price", "${}".format)),
    _fault("latency-text", "`latency` is text.", at(f"{USAGE}.latency", "{} s".format)),
    _fault(
        "resources-object",
        "`retriever_resources` is an object.",
        put("metadata.retriever_resources", {}),
    ),
    _fault(
        "resource-score-text",
        "A resource's `score` is text.",
        put("metadata.retriever_resources", [{"score": "high", "content": "…"}]),
    ),
    _fault(
        "prompt-leaked",
        "The prompt's template is in the answer.",
        put("prompt_template", "You are a helpful assistant. {{query}}"),
    ),
    _fault(
        "owner-leaked",
        "The app's owner is in `metadata`.",
        put("metadata.account", {"email": "owner@example.com", "role": "owner"}),
    ),
)
