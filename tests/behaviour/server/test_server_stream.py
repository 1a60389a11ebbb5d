"""A completion as a stream: its framing, its events and their order, pings, failure."""

import json
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from completion_server import RunningServer, serve
from completion_server.dialects import DIALECTS, Dialect
from completion_server.operations import generation
from tests.behaviour.server.event_stream import events

Ask = Callable[..., httpx2.Response]
EventsOf = Callable[..., list[dict[str, Any]]]


def kinds(events: list[dict[str, Any]]) -> list[str]:
    """Name the events in order, one for a run of the same."""
    names = [event["event"] for event in events if event["event"] != "ping"]
    return names[:1] + [after for before, after in pairwise(names) if before != after]


def test_words_come_one_by_one_and_then_the_end(events_of: EventsOf) -> None:
    events = events_of("Hello, world!")
    assert [event["answer"] for event in events[:-1]] == [
        "Hello", " World", "!", " I", "'m", " glad", " to", " meet", " you", ".", "",
    ]  # fmt: skip
    assert list(events[0]) == [
        "event", "message_id", "created_at", "task_id", "id", "answer", "from_variable_selector",
    ]  # fmt: skip
    assert list(events[-1]) == [
        "event", "message_id", "created_at", "task_id", "id", "metadata", "files",
    ]  # fmt: skip
    assert events[-1]["metadata"]["usage"]["total_price"] == "0.0000230"
    assert len({(event["task_id"], event["message_id"]) for event in events}) == 1


def test_the_media_type_says_utf_8(ask: Ask) -> None:
    response = ask(response_mode="streaming")
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["x-version"] == "1.14.2"


def test_the_stream_is_compact_raw_utf_8(ask: Ask) -> None:
    raw = ask("[[unicode]]", response_mode="streaming").content
    assert '"answer":"\u2028"'.encode() in raw
    assert '"answer":"你好 "'.encode() in raw
    assert b'", "' not in raw


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@given(answer=st.text())
@example("\r\n\r\n\u2028\u0085")
def test_no_answer_breaks_a_frame(dialect: Dialect, answer: str) -> None:
    written = dialect.frame({"answer": answer})
    assert written.count(b"\n") == 2
    assert b"\r" not in written
    assert json.loads(written.removeprefix(b"data: ")) == {"answer": answer}


def test_events_arrive_as_they_are_made(client: httpx2.Client) -> None:
    body = {"inputs": {"query": "[[slow:3:0.1]]"}, "user": "u", "response_mode": "streaming"}
    arrivals = []
    with client.stream("POST", "/completion-messages", json=body) as response:
        for chunk in response.iter_raw():
            arrivals += [time.monotonic()] * chunk.count(b'"answer":"w')
    assert len(arrivals) == 3
    assert arrivals[-1] - arrivals[0] > 0.1


def test_a_silent_stream_is_pinged_without_data(ask: Ask) -> None:
    text = ask("[[first:0.5]] hi", response_mode="streaming").text
    silence, _, _ = text.partition("data: ")
    assert silence.count("event: ping\n\n") >= 3
    assert silence.replace("event: ping\n\n", "") == ""


def test_a_talking_stream_is_pinged_too(ask: Ask) -> None:
    answer = ask("[[slow:14:0.02]]", response_mode="streaming")
    names = [event["event"] for event in events(answer)]
    assert names.count("ping") >= 2
    assert names[0] == "message"


def test_a_failure_before_the_first_word_is_an_event(events_of: EventsOf) -> None:
    (event,) = events_of("[[error:InvokeConnectionError]]")
    assert list(event) == ["event", "message_id", "created_at", "code", "status", "message"]
    assert event["code"] == "completion_request_error"
    assert event["status"] == 400


def test_a_failure_midway_ends_the_stream_without_an_end(events_of: EventsOf) -> None:
    events = events_of("[[midfail:InvokeServerUnavailableError]]")
    assert kinds(events) == ["message", "error"]
    assert events[-1]["message"] == "stub mid-stream InvokeServerUnavailableError"


def test_bad_output_is_replaced_after_it_was_said(
    events_of: EventsOf, client_of: Callable[[str], httpx2.Client]
) -> None:
    events = events_of("[[moderate]]", by=client_of("Moderated"))
    assert kinds(events) == ["message", "message_replace", "message_end"]
    replacement = events[-2]
    assert list(replacement) == [
        "event", "message_id", "created_at", "task_id", "answer", "reason",
    ]  # fmt: skip
    assert (replacement["answer"], replacement["reason"]) == ("OUTPUT BLOCKED", "")


def test_a_bad_answer_goes_no_further_than_where_it_was_seen(
    events_of: EventsOf, client_of: Callable[[str], httpx2.Client]
) -> None:
    events = events_of("[[moderate-long]]", by=client_of("Moderated"))
    assert kinds(events) == ["message", "message_replace", "message_end"]
    assert 400 < sum(event["event"] == "message" for event in events) < 801
    usage = events[-1]["metadata"]["usage"]
    assert (usage["total_tokens"], usage["total_price"]) == (0, "0E-7")


def test_an_answer_that_takes_too_long_ends_as_if_it_were_complete(
    events_of: EventsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "LONGEST_GENERATION", 0.2)
    began = time.monotonic()
    events = events_of("[[slow:100:0.05]]")
    assert kinds(events) == ["message", "message_end"]
    assert time.monotonic() - began < 3


def test_bad_input_is_answered_character_by_character(
    events_of: EventsOf, client_of: Callable[[str], httpx2.Client]
) -> None:
    events = events_of("badword", by=client_of("Moderated"))
    assert [event["answer"] for event in events[:-1]] == list("INPUT BLOCKED")
    assert events[-1]["metadata"]["usage"]["total_tokens"] == 0


def test_speech_comes_between_words_and_ends_after_the_end(
    events_of: EventsOf, client_of: Callable[[str], httpx2.Client]
) -> None:
    events = events_of("Hello", by=client_of("AutoPlay"))
    spoken = ["message", "tts_message", "message"]
    assert kinds(events) == [*spoken, "message_end", "tts_message_end"]
    assert events[-1]["audio"] == ""


def test_the_model_is_bounded(ask: Ask) -> None:
    assert len(ask("[[slow:999999999:0]]").json()["answer"].split()) == 10_000


@pytest.mark.parametrize("query", ["[[first:30]]", "[[slow:10000:30]]"])
def test_a_server_goes_down_quickly_with_streams_open(query: str) -> None:
    body = {"inputs": {"query": query}, "user": "u", "response_mode": "streaming"}
    with serve(ping_interval=0.05) as server:
        open_stream = _open(server, body)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    text = open_stream.read().decode()
    open_stream.close()
    assert '"event":"message_end"' in text


def _open(server: RunningServer, body: dict[str, Any]) -> httpx2.Response:
    client = httpx2.Client(headers={"Authorization": f"Bearer {server.api_key}"})
    request = client.build_request("POST", f"{server.base_url}/completion-messages", json=body)
    return client.send(request, stream=True)
