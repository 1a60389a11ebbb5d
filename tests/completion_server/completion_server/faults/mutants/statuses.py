"""Statuses that the document doesn't give to such an answer."""

from starlette.responses import Response

from completion_server.faults.changes.answers import (
    Holds,
    answer_with,
    change_json,
    change_status,
    error,
    has_status,
    refused,
    replace_answer,
    succeeded,
)
from completion_server.faults.changes.edits import at
from completion_server.faults.fault import Fault, Wrap, together
from completion_server.faults.operation_ids import (
    COMPLETION,
    DESCRIPTIONS,
    EVERY,
    FEEDBACKS,
    RATE,
    SPEAK,
    STOP,
    UPLOAD,
)

MOVED = {"location": "/v2"}


def _told(holds: Holds, status: int) -> Wrap:
    """Give another status, in the body of an error too."""
    return together(
        change_json(at("status", lambda _: status), holds), change_status(holds, status)
    )


FAULTS = (
    Fault("upload-200", "An upload is answered with 200.", UPLOAD, change_status(succeeded, 200)),
    Fault(
        "created-201",
        "Success is 201 where it is 200.",
        EVERY - UPLOAD,
        change_status(succeeded, 201),
    ),
    Fault(
        "no-content-204",
        "Success is 204, without a body.",
        STOP | RATE,
        replace_answer(succeeded, lambda: Response(status_code=204)),
    ),
    Fault(
        "redirect",
        "Everything has moved, to an address that is not there.",
        DESCRIPTIONS,
        answer_with(lambda: Response(status_code=307, headers=MOVED)),
    ),
    Fault(
        "error-200",
        "Errors are told with 200; their bodies are as ever.",
        EVERY,
        change_status(refused, 200),
    ),
    Fault(
        "argument-500",
        "A wrong argument is 500.",
        COMPLETION | RATE | FEEDBACKS | SPEAK | STOP,
        _told(has_status(400), 500),
    ),
    Fault(
        "not-found-410",
        "An unknown message is 410.",
        RATE | SPEAK,
        _told(has_status(404), 410),
    ),
    Fault(
        "not-found-200",
        "Rating an unknown message succeeds.",
        RATE,
        replace_answer(
            has_status(404),
            lambda: Response(b'{"result":"success"}\n', 200, media_type="application/json"),
        ),
    ),
    Fault(
        "media-type-400",
        "A body of the wrong media type is 400, by its status and its body.",
        COMPLETION | STOP | RATE | SPEAK,
        replace_answer(has_status(415), lambda: error(400, "bad_request", "no JSON")),
    ),
)
