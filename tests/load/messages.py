"""Turns the bytes of a stream into its one message, and finds which messages the server kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from specloom.event_stream import parse_events
from tests.load.connection import connected, get, post
from tests.load.traffic import send_all

if TYPE_CHECKING:
    from tests.load.connection import Answer
    from tests.load.processes import Server

_PAGE = 100
_PING = {"event": "ping"}


def prompt(words: int, pause: float) -> str:
    """The prompt that the embedded model answers with so many words and pauses, in seconds."""
    return f"[[slow:{words}:{pause}]]"


def answered_words(words: int) -> list[str]:
    """What it answers, word by word."""
    return [f"w{index} " for index in range(words)]


def message_id_of(answer: Answer, words: int) -> str:
    """Give the id of the one message; ValueError or KeyError if the stream isn't as it should be.

    It should be every word in order, each in an event of its own, then the end.
    """
    if answer.status != 200:
        raise ValueError(f"{answer.status}: {answer.body.decode()}")
    *messages, end = events = _events(answer.body)
    if {each["event"] for each in messages} != {"message"} or end["event"] != "message_end":
        raise ValueError(f"other events: {[each['event'] for each in events]}")
    # Before the end comes an event without content, as Dify sends it.
    if [each["answer"] for each in messages if each["answer"]] != answered_words(words):
        raise ValueError("words are missing, or out of order")
    (message_id,) = {each["message_id"] for each in events}
    return str(message_id)


def _events(body: bytes) -> list[Any]:
    """Give what the events bring, without pings, which bring nothing."""
    events, rest = parse_events(body.decode())
    if rest:
        raise ValueError(f"the stream breaks off: {rest}")
    return [json.loads(event["data"]) for event in events if event != _PING]


async def rate_all(server: Server, user_of: dict[str, str], connections: int) -> set[str]:
    """Rate every message as its user, and give the ids of those that are then listed as rated."""
    requests = (
        post(f"/messages/{message_id}/feedbacks", {"user": user, "rating": "like"})
        for message_id, user in user_of.items()
    )
    await send_all(server, requests, connections)
    return await _rated(server, pages=len(user_of) // _PAGE + 1)


async def _rated(server: Server, pages: int) -> set[str]:
    rated: set[str] = set()
    async with connected(server) as connection:
        for page in range(1, pages + 1):
            answer = await connection.exchange(get(f"/app/feedbacks?page={page}&limit={_PAGE}"))
            rated |= {each["message_id"] for each in json.loads(answer.body)["data"]}
    return rated
