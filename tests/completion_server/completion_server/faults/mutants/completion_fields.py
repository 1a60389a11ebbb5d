"""Complete answers with a field that is missing, superfluous, or of the wrong type or value."""

from completion_server.faults.changes.answers import change_json
from completion_server.faults.changes.edits import Edit, at, put, without
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import COMPLETION

USAGE = "metadata.usage"
NO_UUID = "msg_0001"


def _fault(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, COMPLETION, change_json(edit))


FAULTS = (
    _fault("answer-missing", "A complete answer has no `answer`.", without("answer")),
    _fault("answer-null", "A complete answer has the `answer` null.", put("answer", None)),
    _fault(
        "message-id-no-uuid",
        "The `message_id` of a complete answer is no UUID.",
        put("message_id", NO_UUID),
    ),
    _fault(
        "ids-differ",
        "The `id` of a complete answer is not its `message_id`.",
        put("id", "00000000-0000-4000-8000-000000000000"),
    ),
    _fault(
        "created-at-milliseconds",
        "The `created_at` of a complete answer is in milliseconds.",
        at("created_at", lambda seconds: seconds * 1000),
    ),
    _fault("usage-missing", "A complete answer has no `usage`.", without(USAGE)),
    _fault(
        "price-number",
        "The `total_price` of a complete answer is a number.",
        at(f"{USAGE}.total_price", float),
    ),
    _fault(
        "price-comma",
        "A price in a complete answer has a comma.",
        put(f"{USAGE}.prompt_unit_price", "0,001"),
    ),
    _fault(
        "prompt-leaked",
        "A complete answer tells the prompt's template.",
        put("prompt_template", "You are a helpful assistant. {{query}}"),
    ),
)
