"""The bytes of answers: whole ones, and the pieces of a stream."""

import json
from typing import Any

ID = "9da23599-e713-473b-982c-4328d4f5c78a"
USAGE = {
    "prompt_tokens": 1,
    "prompt_unit_price": "0.001",
    "prompt_price_unit": "0.001",
    "prompt_price": "0.0000010",
    "completion_tokens": 1,
    "completion_unit_price": "0.002",
    "completion_price_unit": "0.001",
    "completion_price": "0.0000020",
    "total_tokens": 2,
    "total_price": "0.0000030",
    "currency": "USD",
    "latency": 0.5,
    "time_to_first_token": None,
    "time_to_generate": None,
}


def app_info(name: str = "App") -> bytes:
    """Write the JSON of an app's description."""
    info = {"name": name, "description": "", "tags": [], "mode": "completion"}
    return json.dumps(info).encode()


def http(
    body: bytes, status: str = "200 OK", content_type: str = "application/json", **headers: str
) -> bytes:
    """Write an answer whose length is told."""
    told = {"Content-Type": content_type, "Content-Length": str(len(body))}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return head(status, **told, **named) + body


def head(status: str = "200 OK", **headers: str) -> bytes:
    """Write a status line and headers; `_` in a name stands for `-`."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    return f"HTTP/1.1 {status}\r\n{''.join(lines)}\r\n".encode()


def chunk(body: bytes) -> bytes:
    """Write one chunk of a chunked body."""
    return b"%x\r\n%b\r\n" % (len(body), body)


def event(fields: dict[str, Any]) -> bytes:
    """Write one event of a stream."""
    common = {"task_id": ID, "message_id": ID, "created_at": 1}
    return f"data: {json.dumps(fields | common)}\n\n".encode()


def message(answer: str) -> bytes:
    """Write an event with a piece of text."""
    fields = {"event": "message", "id": ID, "answer": answer, "from_variable_selector": None}
    return event(fields)


INFO = http(app_info())
LAST_CHUNK = b"0\r\n\r\n"
BLOCKED = {"status": 503, "code": "service_unavailable", "message": "Try again."}
UNAVAILABLE = http(json.dumps(BLOCKED).encode(), "503 Service Unavailable", Retry_After="0")
END = event(
    {
        "event": "message_end",
        "id": ID,
        "metadata": {"usage": USAGE},
        "files": None,
    }
)
# The stream ends with its connection, or with its last chunk.
STREAM = head(Content_Type="text/event-stream")
CHUNKED_STREAM = head(Content_Type="text/event-stream", Transfer_Encoding="chunked")
AUDIO = head(Content_Type="audio/mpeg", Content_Length="10")
REPLY = http(
    json.dumps(
        {
            "event": "message",
            "message_id": ID,
            "mode": "completion",
            "answer": "Hi.",
            "created_at": 1,
            "task_id": ID,
            "id": ID,
            "metadata": {"usage": USAGE, "retriever_resources": [], "annotation_reply": None},
        }
    ).encode()
)
UPLOADED = http(
    json.dumps(
        {
            "id": ID,
            "name": "note.txt",
            "size": 10,
            "extension": "txt",
            "mime_type": "text/plain",
            "created_by": ID,
            "created_at": 1,
            "preview_url": None,
        }
    ).encode(),
    "201 Created",
)
