"""An answer is the same in status, media type and shape, and an error in its code too."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.replay.comparison import difference
from tests.replay.exchange import Answer
from tests.replay.real_faults import find_real_fault


def answered(status: int, value: Any, content_type: str = "application/json") -> Answer:
    return Answer(status, content_type, json.dumps(value).encode())


def streamed(*events: Any) -> Answer:
    """A stream of events, each its data; "ping" is a ping."""
    blocks = (
        "event: ping" if event == "ping" else f"data: {json.dumps(event)}" for event in events
    )
    body = "".join(f"{block}\n\n" for block in blocks)
    return Answer(200, "text/event-stream; charset=utf-8", body.encode())


def message(answer: str) -> dict[str, str]:
    return {"event": "message", "answer": answer}


END = {"event": "message_end"}
ERROR = {"code": "invalid_param", "message": "m", "status": 400}


def test_texts_and_parameters_of_the_media_type_may_differ() -> None:
    recorded = answered(400, ERROR, "application/json; charset=utf-8")
    assert difference(recorded, answered(400, ERROR | {"message": "other"})) is None


@pytest.mark.parametrize(
    ("recorded", "ours", "expected"),
    [
        (answered(200, {}), answered(400, ERROR), "recorded 200, answered 400 invalid_param"),
        (
            answered(200, {}),
            answered(200, {}, "text/html"),
            "recorded application/json, answered text/html",
        ),
        (
            answered(400, ERROR),
            answered(400, ERROR | {"code": "other"}),
            "/code: recorded invalid_param, answered other",
        ),
        (
            answered(400, ERROR),
            answered(400, ERROR | {"status": 500}),
            "/status: recorded 400, answered 500",
        ),
        (answered(200, {}), Answer(200, "application/json", b""), "answered an empty body"),
        (
            answered(200, {}),
            Answer(200, "application/json", b"{"),
            "the body: recorded an object, answered null",
        ),
        (
            Answer(200, "audio/mpeg", b"x"),
            Answer(200, "audio/wav", b"x"),
            "recorded audio/mpeg, answered audio/wav",
        ),
    ],
)
def test_a_difference_is_told(recorded: Answer, ours: Answer, expected: str) -> None:
    assert expected == difference(recorded, ours)


def test_an_empty_body_has_no_media_type() -> None:
    assert difference(Answer(200, "text/html", b""), Answer(200, "", b"")) is None


def test_repetitions_of_an_event_do_not_matter_nor_where_pings_fall() -> None:
    recorded = streamed("ping", "ping", message("a"), message("b"), END)
    assert (
        difference(recorded, streamed(message("c"), "ping", message("d"), message("e"), END))
        is None
    )


def test_a_ping_that_was_not_recorded_is_right_only_when_it_was_due() -> None:
    recorded, ours = streamed(message("a"), END), streamed("ping", message("a"), END)
    assert difference(recorded, ours) == "a ping, and none was recorded"
    assert difference(recorded, replace(ours, seconds=9.9)) == "a ping, and none was recorded"
    assert difference(recorded, replace(ours, seconds=10.1)) is None


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        (streamed(message("a"), END), "no ping"),
        (streamed("ping", message("a")), "event message_end expected, the end came"),
        (streamed("ping", END, message("a")), "event message expected, message_end came"),
        (
            streamed("ping", message("a"), END, END | {"x": 1}),
            "event the end expected, message_end came",
        ),
        (
            streamed("ping", {"event": "message"}, END),
            "event message: the body: lacks answer",
        ),
        (
            streamed("ping", {"event": "message"}, message("a"), END),
            "event message: the body: lacks answer",
        ),
    ],
)
def test_a_difference_of_streams_is_told(ours: Answer, expected: str) -> None:
    assert expected == difference(streamed(message("a"), "ping", END), ours)


def test_an_error_event_keeps_its_code() -> None:
    recorded, ours = ({"event": "error", **ERROR, "code": code} for code in ("a", "b"))
    assert (
        difference(streamed(recorded), streamed(ours))
        == "event error: /code: recorded a, answered b"
    )


NOT_FOUND = {"code": "not_found", "message": "m", "status": 404}
ARGUMENT = {"code": "invalid_param", "message": "m", "params": "page"}


@pytest.mark.parametrize(
    ("recorded", "ours"),
    [
        (answered(500, {"code": "unknown"}), answered(400, ERROR)),
        (answered(500, {"code": "unknown"}), answered(400, ARGUMENT)),
        (Answer(404, "text/html; charset=utf-8", b"<!doctype html>"), answered(404, NOT_FOUND)),
        (Answer(200, "application/json", b"null\n"), answered(404, NOT_FOUND)),
    ],
)
def test_a_real_fault_expects_the_right_answer_and_not_the_recorded_one(
    recorded: Answer, ours: Answer
) -> None:
    fault = find_real_fault(recorded)
    assert fault
    assert fault.difference(ours) is None
    assert fault.difference(recorded)
    assert fault.difference(answered(fault.status, {"code": "not_found"}))
    assert fault.difference(answered(fault.status, NOT_FOUND | {"status": 500}))


def test_an_error_as_documented_is_no_fault() -> None:
    assert find_real_fault(answered(400, ERROR)) is None
    assert find_real_fault(Answer(200, "text/html", b"")) is None
