"""Speech: a message is spoken as its text is, and not as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dify_completion import BadRequestError
from specloom.contract.scenario import Scenario, Skipped, Strayed, require

from . import client
from .app import ANN, HELLO, POEM, open_app
from .operations import CREATE, SPEAK

if TYPE_CHECKING:
    from specloom.contract.scenario import Server

    from .app import App

DIFFERENT = "speech_of_its_message"
ALIKE = "message_and_text_sound_alike"
NOTHING = "nothing_is_not_spoken"


def _run(server: Server) -> None:
    with open_app(server) as app:
        if not app.speaks:
            raise Skipped("the app has no speech")
        first, second = app.ask(ANN, HELLO), app.ask(ANN, POEM)
        spoken = _speak(app, message_id=second.message_id)
        same = _speak(app, message_id=first.message_id) == spoken
        is_unlike = first.answer != second.answer
        require(
            not (same and is_unlike), DIFFERENT, SPEAK, "two messages with unlike texts sound alike"
        )
        _check_nothing(app)
        if not is_unlike:
            raise Skipped("the model says the same to everything")
        if _speak(app, message_id=second.message_id) != spoken:
            raise Skipped("the voice doesn't say the same alike")
        alike = _speak(app, text=second.answer) == spoken
        require(alike, ALIKE, SPEAK, "a message and its text don't sound alike")


def _check_nothing(app: App) -> None:
    try:
        _speak(app)
    except BadRequestError:
        return
    raise Strayed(NOTHING, SPEAK, "neither a text nor a message was given, and it is spoken")


def _speak(app: App, **what: Any) -> bytes:
    return app.client.tts.text_to_audio(user=ANN, **what).read()


SPEECH = Scenario(
    "speech",
    {
        DIFFERENT: "Messages that say something else sound different.",
        NOTHING: "Without a text and a message the answer is 400.",
        ALIKE: "Where a voice sounds alike each time, so do a message and its text.",
        **client.CHECKS,
    },
    _run,
    (SPEAK, CREATE),
)
