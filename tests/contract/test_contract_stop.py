"""A stream that is stopped ends for the stop, and not because it had ended anyway."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from completion_server import ServerSettings, serve, serve_settings
from completion_server.settings import builtin_apps
from specloom import pipeline
from specloom.config import load_config
from specloom.contract.credentials import credentials
from specloom.contract.links import find_link
from specloom.contract.settings import Stop
from specloom.contract.stop import check_stop
from specloom.contract.subject import Subject
from specloom.contract.target import Target
from specloom.diagnostics import Collector
from tests.contract.fixed_server import serve_fixed, stoppable_stream
from tests.contract.trickling_server import serve_trickling

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from specloom.contract.findings import FailedCheck

SPEC = Path(__file__).parents[2] / "spec" / "completion"
KEY = "app-faulty"
SOON_OVER = "[[slow:5:0.1]]"
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


def stopped(
    target: Target, query: str = "[[slow:300:0.1]]", within: float = 0.5
) -> FailedCheck | None:
    """What a stop of a stream comes to."""
    collector = Collector()
    subject = Subject(pipeline.effective(load_config(SPEC, collector), collector))
    body = {"inputs": {"query": query}, "response_mode": "streaming", "user": "u"}
    link = find_link(subject, "createCompletionMessage", "stop")
    assert link is not None
    held = credentials(subject.tree, KEY)
    stop = Stop("createCompletionMessage", "stop", body, within=within)
    return check_stop(subject, Target(target.url, held), stop, link)


def serve_spoiled(fault: str) -> AbstractContextManager[str]:
    """Serve with a fault; gives the base URL."""
    apps = builtin_apps(KEY, word_delay=0.0)
    return serve_settings(ServerSettings(apps=apps, faults=(fault,)))


def test_a_stop_that_stops_is_no_failure() -> None:
    with serve(api_key=KEY) as server:
        assert stopped(Target(server.base_url), within=5.0) is None


def test_a_stop_that_stops_nothing_is_a_failure() -> None:
    with serve_spoiled("stop-ignored") as url:
        failed = stopped(Target(url))
    assert failed is not None
    assert failed.message == "it still ran 0.5 seconds after the stop"


def test_a_stream_that_comes_all_at_once_was_not_stopped() -> None:
    """So it is where something before the server stores answers up."""
    with serve_spoiled("buffered-stream") as url:
        failed = stopped(Target(url), SOON_OVER)
    assert failed is not None
    assert failed.message == "the stream ended before it could be stopped"


def test_a_stream_that_shows_its_end_was_not_stopped_even_if_it_goes_on() -> None:
    events = [{"event": "message", "task_id": "t"}, {"event": "message_end", "task_id": "t"}]
    whole = b"".join(b"data: %s\n\n" % json.dumps(event).encode() for event in events)
    with serve_trickling(STREAM + whole, b"event: ping\n\n") as url:
        failed = stopped(Target(url))
    assert failed is not None
    assert failed.message == "the stream had its end before it could be stopped"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_events_are_read_however_their_lines_end(line_end: str) -> None:
    with serve_fixed(stoppable_stream(line_end)) as url:
        assert stopped(Target(url)) is None


def test_the_command_that_shows_it_holds_no_key() -> None:
    with serve_spoiled("buffered-stream") as url:
        failed = stopped(Target(url), SOON_OVER)
    assert failed is not None
    assert "Authorization: Bearer [redacted]" in failed.steps[0]
    assert KEY not in failed.steps[0]
