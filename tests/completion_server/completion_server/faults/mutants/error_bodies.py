"""Errors of the right status that don't say it as the document does."""

from completion_server.faults.changes.answers import (
    change_bytes,
    change_error,
    change_header,
    refused,
)
from completion_server.faults.changes.edits import put, without
from completion_server.faults.fault import Fault, together
from completion_server.faults.operation_ids import COMPLETION, EVERY, FEEDBACKS, RATE, SPEAK

FAULTS = (
    Fault(
        "body-status-differs",
        "The body's `status` is not the HTTP status.",
        EVERY,
        change_error(put("status", 418)),
    ),
    Fault(
        "code-missing", "The body of an error has no `code`.", EVERY, change_error(without("code"))
    ),
    Fault(
        "code-undocumented",
        "The bodies of errors have a code that no document knows.",
        COMPLETION | RATE | FEEDBACKS | SPEAK,
        change_error(put("code", "e_unexpected_42")),
    ),
    Fault(
        "message-missing",
        "The body of an error has no `message`.",
        EVERY,
        change_error(without("message")),
    ),
    Fault(
        "error-nested",
        "The body of an error has it in a member `error`, as OpenAI has it.",
        EVERY,
        change_error(lambda body: {"error": body}),
    ),
    Fault("error-empty", "An error has no body.", EVERY, change_bytes(refused, lambda _: b"")),
    Fault(
        "error-page",
        "The body of an error is a page in HTML.",
        EVERY,
        together(
            change_bytes(refused, lambda _: b"<h1>Oops</h1>"),
            change_header(refused, "content-type", "text/html; charset=utf-8"),
        ),
    ),
)
