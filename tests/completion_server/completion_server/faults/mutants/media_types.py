"""Bodies that aren't what their headers say, or that no reader of JSON can read."""

import json
import re

from completion_server.faults.changes.answers import (
    change_bytes,
    change_header,
    is_stream,
    json_success,
    refused,
)
from completion_server.faults.fault import Fault
from completion_server.faults.operation_ids import (
    COMPLETION,
    DESCRIPTIONS,
    EVERY,
    FEEDBACKS,
    SITE,
    UPLOAD,
)


def _with_nan(body: bytes) -> bytes:
    return re.sub(rb'("latency": ?)[^,}]+', rb"\1NaN", body)


def _latin_1(body: bytes) -> bytes:
    value = json.loads(body)
    return json.dumps(value, ensure_ascii=False).encode("latin-1", "backslashreplace") + b"\xe9"


FAULTS = (
    Fault(
        "json-as-html",
        "JSON is said to be `text/html`.",
        DESCRIPTIONS | FEEDBACKS,
        change_header(json_success, "content-type", "text/html; charset=utf-8"),
    ),
    Fault(
        "json-without-type",
        "A complete answer comes without a Content-Type.",
        COMPLETION | DESCRIPTIONS,
        change_header(json_success, "content-type", None),
    ),
    Fault(
        "error-as-html",
        "JSON errors are said to be `text/html`.",
        EVERY,
        change_header(refused, "content-type", "text/html"),
    ),
    Fault(
        "stream-as-text",
        "A stream is said to be `text/plain`.",
        COMPLETION,
        change_header(is_stream, "content-type", "text/plain; charset=utf-8"),
    ),
    Fault(
        "json-as-stream",
        "A complete answer is said to be `text/event-stream`.",
        COMPLETION,
        change_header(json_success, "content-type", "text/event-stream"),
    ),
    Fault(
        "json-with-nan",
        "A number in a complete answer is `NaN`, which is no JSON.",
        COMPLETION,
        change_bytes(json_success, _with_nan),
    ),
    Fault(
        "json-not-utf-8",
        "JSON holds bytes that are no UTF-8.",
        SITE,
        change_bytes(json_success, _latin_1),
    ),
    Fault(
        "json-in-a-string",
        "JSON is written twice: a string that holds JSON.",
        UPLOAD | FEEDBACKS,
        change_bytes(json_success, lambda body: json.dumps(body.decode()).encode()),
    ),
    Fault(
        "gzip-in-name-only",
        "`Content-Encoding: gzip` on a body that isn't compressed.",
        DESCRIPTIONS,
        change_header(json_success, "content-encoding", "gzip"),
    ),
)
