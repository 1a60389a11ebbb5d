"""A stream that is stopped ends for the stop, and not because it had ended anyway."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.responses import Response

from completion_server import ServerSettings, serve, serve_settings
from completion_server.settings import builtin_apps
from specloom import pipeline
from specloom.config import load_config
from specloom.contract.answers.subject import Subject
from specloom.contract.phases.stop import ARRIVAL, CHECK, try_stop
from specloom.contract.plan.settings import Stop
from specloom.contract.requests.links import find_link
from specloom.contract.transport.credentials import credentials
from specloom.contract.transport.sender import Sender
from specloom.contract.transport.target import Target
from specloom.diagnostics import Collector
from tests.contract.fixed_server import serve_fixed, stoppable_stream
from tests.contract.trickling_server import serve_trickling

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from specloom.contract.phases.trial import Trial

SPEC = Path(__file__).parents[2] / "spec" / "completion"
KEY = "app-faulty"
TIMEOUT = 10.0
SOON_OVER = "[[slow:5:0.1]]"
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def stopped(url: str, query: str = "[[slow:300:0.1]]", within: float = 0.5) -> Trial:
    """What a stop of a stream comes to."""
    collector = Collector()
    subject = Subject(pipeline.effective(load_config(SPEC, collector), collector))
    body = {"inputs": {"query": query}, "response_mode": "streaming", "user": "u"}
    link = find_link(subject, "createCompletionMessage", "stop")
    assert link is not None
    target = Target(url, credentials(subject.tree, KEY))
    stop = Stop("createCompletionMessage", "stop", body, within=within)
    with Sender(target, TIMEOUT) as sender:
        return try_stop(subject, sender, stop, link)


def faults(trial: Trial) -> list[tuple[str, str]]:
    return [(fault.check, fault.message) for fault in trial.faults]


def serve_spoiled(fault: str) -> AbstractContextManager[str]:
    """Serve with a fault; gives the base URL."""
    apps = builtin_apps(KEY, word_delay=0.0)
    return serve_settings(ServerSettings(apps=apps, faults=(fault,)))


def test_a_stop_that_stops_is_no_failure() -> None:
    with serve(api_key=KEY) as server:
        trial = stopped(server.base_url, within=5.0)
    assert (faults(trial), trial.operation) == ([], "createCompletionMessage")
    assert trial.checks == (CHECK, ARRIVAL)
    assert [exchange.request.method for exchange in trial.exchanges] == ["POST", "POST"]


def test_a_stop_that_stops_nothing_is_a_failure() -> None:
    with serve_spoiled("stop-ignored") as url:
        trial = stopped(url)
    assert faults(trial) == [(CHECK, "it still ran 0.5 seconds after the stop")]


def test_a_stream_that_comes_all_at_once_was_not_stopped() -> None:
    """So it is where something before the server stores answers up."""
    with serve_spoiled("buffered-stream") as url:
        trial = stopped(url, SOON_OVER)
    assert faults(trial) == [(ARRIVAL, "the stream came all at once")]


def test_a_stream_that_shows_its_end_was_not_stopped_even_if_it_goes_on() -> None:
    events = [{"event": "message", "task_id": "t"}, {"event": "message_end", "task_id": "t"}]
    whole = b"".join(b"data: %s\n\n" % json.dumps(event).encode() for event in events)
    with serve_trickling(STREAM + whole, b"event: ping\n\n") as url:
        trial = stopped(url)
    assert faults(trial) == [(ARRIVAL, "the stream came to its end in a moment")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_events_are_read_however_their_lines_end(line_end: str) -> None:
    with serve_fixed(stoppable_stream(line_end)) as url:
        assert faults(stopped(url)) == []


def test_what_is_wrong_is_said_without_the_key() -> None:
    with serve_fixed(Response(KEY, media_type=f"text/{KEY}")) as url:
        [(check, message)] = faults(stopped(url))
    assert check == CHECK
    assert message.startswith("no stream came back, but 200 text/[redacted]")


def test_data_too_deep_to_be_read_is_no_event_to_stop_by() -> None:
    deep = b"data: " + b"[" * 5000 + b"]" * 5000 + b"\n\n"
    with serve_fixed(Response(deep, media_type="text/event-stream")) as url:
        assert faults(stopped(url)) == [(ARRIVAL, "the stream came all at once")]
