"""Turns log records into lines, JSON or text.

Exceptions are told by their type and place: in their messages a database or a validator may
quote a body.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

Facts = dict[str, Any]

MOST_CAUSES = 10
SECRET = re.compile(r"(?i)(?<=\bbearer )\S+|(?<=://)[^/\s@]+(?=@)")


class JSONFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one JSON object."""
        return json.dumps(_told(record), separators=(",", ":"), default=str)


class TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Write a record as `time level event name=value …`; texts with spaces are quoted."""
        told = _told(record)
        head = f"{told.pop('time')} {told.pop('level')} {told.pop('event')}"
        return " ".join([head, *(f"{name}={_word(value)}" for name, value in told.items())])


def _told(record: logging.LogRecord) -> Facts:
    fields: Facts = getattr(record, "fields", {})
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    told = {"time": at.replace("+00:00", "Z"), "level": record.levelname.lower()}
    if fields:
        told |= {"event": record.getMessage(), **fields}
    else:
        told |= {"event": "log", "logger": record.name, "message": _message(record)}
    if record.exc_info and record.exc_info[1]:
        told["traceback"] = _traceback(record.exc_info[1])
    return told


def _message(record: logging.LogRecord) -> str:
    text = record.getMessage().strip()
    if record.name == "asyncio":
        # What follows the first line is a repr of an exception, with all that it quotes.
        text = text.partition("\n")[0]
    return SECRET.sub("…", text)


def _traceback(error: BaseException) -> str:
    """Write where an exception, and what caused it, came from: places and types, no messages."""
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(parts) < MOST_CAUSES:
        places = "".join(traceback.format_tb(cause.__traceback__))
        parts.append(f"{places}{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n\n".join(reversed(parts))


def _word(value: Any) -> str:
    text = str(value)
    return text if text.isascii() and text.isprintable() and " " not in text else json.dumps(text)
