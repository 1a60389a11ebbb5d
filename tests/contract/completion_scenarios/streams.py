"""Streams: the events of one answer agree, and say what the complete answer says."""

from __future__ import annotations

from os.path import commonprefix
from typing import TYPE_CHECKING

from dify_completion import models
from specloom.contract.scenario import Scenario, Skipped, Strayed, require

from . import client
from .app import ANN, POEM, open_app
from .completions import IDS, TIME, USAGE, check_usage
from .facts import is_now, is_uuid
from .operations import CREATE

if TYPE_CHECKING:
    from specloom.contract.scenario import Server

TEXT = "stream_says_the_answer"
SAME = "events_of_one_message"
END = "stream_has_one_end"
SPEECH_END = "speech_stays_ended"
TRIES = 2
SHOWN = 40


def _run(server: Server) -> None:
    with open_app(server) as app:
        events = app.stream(ANN, POEM).events
    known = [event for event in events if hasattr(event, "message_id")]
    for name in ("message_id", "task_id", "created_at"):
        values = dict.fromkeys(getattr(event, name) for event in known if hasattr(event, name))
        first, second, *_ = [*values, None, None]
        require(len(values) == 1, SAME, CREATE, f"{name} is {first}, then {second}")
    first = known[0]
    require(is_uuid(first.message_id), IDS, CREATE, f"message_id is no UUID: {first.message_id!r}")
    require(is_now(first.created_at), TIME, CREATE, f"created_at is not today: {first.created_at}")
    for event in known:
        same = getattr(event, "id", event.message_id)
        require(same == event.message_id, IDS, CREATE, f"id is {same}, not the message_id")
    ends = [event for event in known if isinstance(event, models.StreamEventMessageEnd)]
    require(len(ends) == 1, END, CREATE, f"the stream has `message_end` {len(ends)} times")
    check_usage(ends[0].metadata.usage)
    _check_speech([event.event for event in events])


def _check_speech(tags: list[str]) -> None:
    """Nothing more is spoken once the speech has ended."""
    _, end, late = "\n".join(tags).partition("tts_message_end")
    require(not (end and "tts_message" in late), SPEECH_END, CREATE, "speech goes on after its end")


def _run_text(server: Server) -> None:
    with open_app(server) as app:
        for _ in range(TRIES):
            whole, again = app.ask(ANN, POEM).answer, app.ask(ANN, POEM).answer
            if whole != again:
                raise Skipped("the model doesn't answer alike twice")
            streamed = app.stream(ANN, POEM).text
            if streamed == whole:
                return
    at = len(commonprefix([streamed, whole]))  # noqa: RUF071 - it is characters that are compared
    shown = [repr(text[at:][:SHOWN]) for text in (streamed, whole)]
    message = f"from character {at} on a stream says {shown[0]}, a complete answer {shown[1]}"
    raise Strayed(TEXT, CREATE, message)


STREAM = Scenario(
    "stream",
    {
        SAME: "All events of a stream have the same ids and the same time.",
        IDS: "`id` is `message_id`, which is a UUID.",
        TIME: "`created_at` is the Unix time in seconds.",
        END: "There is one `message_end`.",
        SPEECH_END: "No `tts_message` follows `tts_message_end`.",
        **USAGE,
        **client.CHECKS,
    },
    _run,
    (CREATE,),
)
STREAMED_TEXT = Scenario(
    "streamed_text",
    {
        TEXT: "Where a model answers alike each time, so it does in a stream.",
        **client.CHECKS,
    },
    _run_text,
    (CREATE,),
)
