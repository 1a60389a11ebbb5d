"""Makes what a recorded request built on and no exchange of its file made: a message or a file.

It asks as a plain user would. What must have been there follows from the recorded answer: a
rating that was taken had its message. Feedback is in `missing_feedback`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.replay.carried import UUID
from tests.replay.curl_form import multipart, parse_part
from tests.replay.outgoing import Outgoing
from tests.replay.sent_files import sent_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.replay.carried import Carried
    from tests.replay.exchange import Answer, Exchange
    from tests.replay.server import Server

USER = "abc-123"
# Enough for each recorded form; what a form doesn't ask for is ignored (row 8).
INPUTS = {"query": "Hello, world!", "topic": "dogs"}

COMPLETIONS = "/v1/completion-messages"
UPLOAD = "/v1/files/upload"
FEEDBACK = re.compile(rf"/v1/messages/({UUID.pattern})/feedbacks")
FEEDBACKS = "/v1/app/feedbacks"
TEXT_TO_AUDIO = "/v1/text-to-audio"
NO_SUCH_FILE = "Invalid upload file"


def make_missing(exchange: Exchange, server: Server, carried: Carried) -> list[str]:
    """Make what is missing and say what it was; OSError or HTTPException."""
    if exchange.app not in server.keys:
        return []
    user = exchange.fields.get("user", USER)
    needed = [
        *((each, "message", _make_message) for each in _messages(exchange)),
        *((each, "file", _make_file) for each in _files(exchange)),
    ]
    made = []
    for recorded_id, what, make in needed:
        if recorded_id not in carried.ids:
            answer = make(server, exchange.app, user)
            if answer.status < 300:
                carried.ids[recorded_id] = answer.json["id"]
                made.append(f"its {what} was made")
    return made


def _messages(exchange: Exchange) -> Iterator[str]:
    """The messages that must have been there, by their recorded ids."""
    answer = exchange.answer
    if (found := FEEDBACK.fullmatch(exchange.route)) and answer.status != 404:
        yield found[1]
    if exchange.route == TEXT_TO_AUDIO and answer.media_type.startswith("audio/"):
        yield from _known_ids([exchange.fields.get("message_id")])
    for item in listed_feedbacks(exchange):
        yield item["message_id"]


def listed_feedbacks(exchange: Exchange) -> list[dict[str, Any]]:
    """The recorded items of a list of feedback."""
    if exchange.route != FEEDBACKS or exchange.answer.status != 200:
        return []
    items: list[dict[str, Any]] = exchange.answer.json["data"]
    return items


def _files(exchange: Exchange) -> Iterator[str]:
    """The uploads that must have been there, by their recorded ids."""
    files = exchange.fields.get("files")
    error = exchange.answer.json
    refused = isinstance(error, dict) and str(error.get("message", "")).startswith(NO_SUCH_FILE)
    if isinstance(files, list) and not refused:
        yield from _known_ids(
            file.get("upload_file_id") for file in files if isinstance(file, dict)
        )


def _known_ids(values: Any) -> Iterator[str]:
    return (value for value in values if isinstance(value, str) and UUID.fullmatch(value))


def _make_message(server: Server, app: str, user: Any) -> Answer:
    return server.post(app, COMPLETIONS, {"inputs": INPUTS, "user": user})


def _make_file(server: Server, app: str, user: Any) -> Answer:
    spelled = ("file=@t.png;type=image/png", f"user={user}")
    media_type, body = multipart(parse_part(part, sent_file) for part in spelled)
    headers = {"Authorization": f"Bearer {server.keys[app]}", "Content-Type": media_type}
    return server.send(Outgoing("POST", UPLOAD, headers, body))
