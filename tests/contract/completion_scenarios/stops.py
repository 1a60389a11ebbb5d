"""Stops: one's own stream ends, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.contract.scenario import Scenario, Skipped, Strayed, require

from . import client
from .app import ANN, BOB, open_app
from .operations import CREATE, STOP
from .running_stream import running_stream

if TYPE_CHECKING:
    from specloom.contract.scenario import Server

    from .app import App
    from .running_stream import RunningStream

ENDS = "stop_ends_the_stream"
IN_ORDER = "stopped_stream_has_its_end"
OWN = "another_user_stops_nothing"
ONE = "stop_ends_one_stream"

SOON = 5.0
"""Seconds in which a stop must be heeded."""

A_WHILE = 1.0
"""Seconds in which a stream that must go on is watched: stops are heeded in less, mostly."""


def _run(server: Server) -> None:
    with open_app(server) as app, running_stream(app, server, ANN) as stream:
        _stop(app, stream, ANN)
        ended = stream.over.wait(SOON)
        require(ended, ENDS, STOP, f"the stream still ran {SOON:g} seconds after the stop")
        stream.check()
        require(stream.has_end, IN_ORDER, CREATE, "the stopped stream had no `message_end`")


def _run_own(server: Server) -> None:
    with open_app(server) as app, running_stream(app, server, ANN) as stream:
        _stop(app, stream, BOB)
        if stream.over.wait(A_WHILE):
            _check_length(app, server)
            raise Strayed(OWN, STOP, "another user's stop ended the stream")
        _stop(app, stream, ANN)


def _run_one(server: Server) -> None:
    with (
        open_app(server) as app,
        running_stream(app, server, ANN) as stream,
        running_stream(app, server, BOB) as other,
    ):
        _stop(app, stream, ANN)
        if other.over.wait(A_WHILE):
            _check_length(app, server)
            raise Strayed(ONE, STOP, "a stop ended another stream too")
        _stop(app, other, BOB)


def _stop(app: App, stream: RunningStream, user: str) -> None:
    app.client.completion.stop_generate(task_id=stream.task_id, user=user)


def _check_length(app: App, server: Server) -> None:
    """Raise Skipped if a stream that nobody stops is over as soon."""
    with running_stream(app, server, ANN) as stream:
        if stream.over.wait(2 * A_WHILE):
            raise Skipped("no stream goes on for long enough")
        _stop(app, stream, ANN)


STOPS = (
    Scenario(
        "stop",
        {
            ENDS: "A stream ends within five seconds of a stop.",
            IN_ORDER: "A stream that is stopped ends as any other does.",
            **client.CHECKS,
        },
        _run,
        (STOP, CREATE),
    ),
    Scenario(
        "stop_by_another_user",
        {OWN: "A stop by another user stops nothing.", **client.CHECKS},
        _run_own,
        (STOP, CREATE),
    ),
    Scenario(
        "stop_one_of_two",
        {ONE: "A stop stops the stream that it names, and no other.", **client.CHECKS},
        _run_one,
        (STOP, CREATE),
    ),
)
