"""What of HAR 1.2 is needed to read it, as a JSON Schema; programs leave many fields out.

Knows nothing of what becomes of it.
"""

from __future__ import annotations

from typing import Final

import jsonschema_rs

_TEXT: Final = {"type": "string"}
_PAIRS: Final = {
    "type": "array",
    "items": {"type": "object", "required": ["name"], "properties": {"name": _TEXT}},
}
_HEADERS: Final = {
    **_PAIRS,
    "items": {
        "type": "object",
        "required": ["name", "value"],
        "properties": {"name": _TEXT, "value": _TEXT},
    },
}
_REQUEST: Final = {
    "type": "object",
    "required": ["method", "url"],
    "properties": {
        "method": _TEXT,
        "url": _TEXT,
        "headers": _HEADERS,
        "postData": {
            "type": ["object", "null"],
            "properties": {
                "mimeType": _TEXT,
                "text": {"type": ["string", "null"]},
                "params": {"anyOf": [_PAIRS, {"type": "null"}]},
            },
        },
    },
}
_RESPONSE: Final = {
    "type": "object",
    "required": ["status"],
    "properties": {
        "status": {"type": "integer"},
        "headers": _HEADERS,
        "content": {
            "type": "object",
            "properties": {
                "mimeType": {"type": ["string", "null"]},
                "size": {"type": ["number", "null"]},
                "text": {"type": ["string", "null"]},
                "encoding": {"enum": ["base64", "", None]},
            },
        },
    },
}
HAR: Final = jsonschema_rs.Draft202012Validator(
    {
        "type": "object",
        "required": ["log"],
        "properties": {
            "log": {
                "type": "object",
                "required": ["entries"],
                "properties": {
                    "entries": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["request", "response"],
                            "properties": {
                                "time": {"type": ["number", "null"]},
                                "request": _REQUEST,
                                "response": _RESPONSE,
                            },
                        },
                    }
                },
            }
        },
    },
    # An error must not quote what was recorded: there are keys in it.
    mask="it",
)
