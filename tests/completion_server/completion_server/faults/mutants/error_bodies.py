"""Errors of the right status that don't say it as the document does."""

from collections.abc import Callable

from starlette.responses import Response

from completion_server.faults.changes.answers import (
    change_answer,
    change_bytes,
    change_error,
    refused,
)
from completion_server.faults.changes.edits import at, put, without
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import COMPLETION, EVERY, FEEDBACKS, RATE, SPEAK

TRACEBACK = (
    "<!doctype html><html><title>KeyError // Werkzeug Debugger</title><pre>Traceback (most recent"
    ' call last):\n  File "/app/api/controllers/service_api/wraps.py", line 71, in decorated'
    "</pre></html>"
)


def _page(text: str, media_type: str) -> Callable[[Response], Response]:
    return lambda response: Response(text, response.status_code, media_type=media_type)


FAULTS = (
    Fault(
        "body-status-differs",
        "The body's `status` is not the HTTP status.",
        EVERY,
        change_error(put("status", 418)),
    ),
    Fault(
        "body-status-text",
        "The body's `status` is text.",
        EVERY,
        change_error(at("status", str)),
    ),
    Fault("code-missing", "An error has no `code`.", EVERY, change_error(without("code"))),
    Fault("code-number", "An error's `code` is a number.", EVERY, change_error(put("code", 1001))),
    Fault(
        "code-undocumented",
        "Errors have a code that no document knows.",
        COMPLETION | RATE | FEEDBACKS | SPEAK,
        change_error(put("code", "e_unexpected_42")),
    ),
    Fault("message-missing", "An error has no `message`.", EVERY, change_error(without("message"))),
    Fault(
        "message-null", "An error's `message` is null.", EVERY, change_error(put("message", None))
    ),
    Fault(
        "message-list",
        "An error's `message` is a list.",
        EVERY,
        change_error(at("message", lambda text: [text])),
    ),
    Fault(
        "error-nested",
        "An error stands in a member `error`, as OpenAI has it.",
        EVERY,
        change_error(lambda body: {"error": body}),
    ),
    Fault(
        "error-detail",
        'An error is `{"detail": …}`, as FastAPI has it.',
        EVERY,
        change_error(lambda body: {"detail": body["message"]}),
    ),
    Fault(
        "error-string",
        "An error is a JSON string.",
        EVERY,
        change_error(lambda body: body["message"]),
    ),
    Fault("error-empty", "An error has no body.", EVERY, change_bytes(refused, lambda _: b"")),
    Fault(
        "error-page",
        "An error is a page in HTML.",
        EVERY,
        change_answer(refused, _page("<h1>Oops</h1>", "text/html")),
    ),
    Fault(
        "error-traceback",
        "An error shows a traceback.",
        EVERY,
        change_answer(refused, _page(TRACEBACK, "text/html")),
    ),
)
