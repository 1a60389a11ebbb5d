"""Ratings and lists of them with a field that is wrong in form."""

from completion_server.faults.changes.answers import change_json
from completion_server.faults.changes.edits import Edit, at, put, renamed, without
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import FEEDBACKS, RATE, STOP


def _listed(name: str, summary: str, edit: Edit) -> Fault:
    return Fault(name, summary, FEEDBACKS, change_json(edit))


FAULTS = (
    Fault(
        "result-other", "`result` is not `success`.", STOP | RATE, change_json(put("result", "ok"))
    ),
    _listed("data-missing", "There is no `data`.", renamed("data", "items")),
    _listed(
        "item-message-id-missing", "A feedback has no `message_id`.", without("data.*.message_id")
    ),
    _listed("item-rating-unknown", "`rating` is `love`.", put("data.*.rating", "love")),
    _listed(
        "item-ids-same",
        "Every feedback has the same `id`.",
        put("data.*.id", "22222222-2222-4222-8222-222222222222"),
    ),
    _listed(
        "item-date-spaced",
        "Dates have a space for the `T`.",
        at("data.*.created_at", lambda text: text.replace("T", " ")),
    ),
    _listed(
        "item-updated-first",
        "`updated_at` is before `created_at`.",
        put("data.*.updated_at", "2001-01-01T00:00:00"),
    ),
    _listed(
        "item-key-leaked",
        "A feedback tells a hash of the app's key.",
        put("data.*.api_token", "sha256:9f86d081884c7d65"),
    ),
)
