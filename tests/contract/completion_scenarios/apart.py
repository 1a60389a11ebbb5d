"""Users, and apps, are kept apart: nobody reaches what is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dify_completion import APIStatusError, UnexpectedResponseError
from specloom.contract.scenario import Scenario, Skipped, Strayed, require

from . import client
from .app import ANN, BOB, HELLO, open_app, open_other_app
from .feedback import rate
from .operations import CREATE, FEEDBACKS, RATE, SPEAK, UPLOAD
from .uploads import PICTURE

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.contract.scenario import Server

    from .app import App

USERS_MESSAGE = "another_users_message_is_not_rated"
APPS_MESSAGE = "another_apps_message_is_not_rated"
USERS_SPEECH = "another_users_message_is_not_heard"
APPS_SPEECH = "another_apps_message_is_not_heard"
USERS_FILE = "another_users_file_is_not_brought"
APPS_FILE = "another_apps_file_is_not_brought"
APPS_FEEDBACK = "another_apps_feedback_is_not_listed"


def refused(check: str, operation: str, message: str, ask: Callable[[], object]) -> None:
    """Hold what is asked to be refused by a status of 400 to 499."""
    try:
        ask()
    except APIStatusError as error:
        if error.status_code < 500:
            return
        raise
    raise Strayed(check, operation, message)


def _rate_users(server: Server) -> None:
    with open_app(server) as app:
        message = app.ask(ANN, HELLO).message_id
        refused(
            USERS_MESSAGE,
            RATE,
            "another user rates the message",
            lambda: app.rate(BOB, message, "like"),
        )


def _rate_apps(server: Server) -> None:
    with open_app(server) as app, open_other_app(server) as other:
        message = other.ask(ANN, HELLO).message_id
        refused(
            APPS_MESSAGE,
            RATE,
            "another app's message is rated",
            lambda: app.rate(ANN, message, "like"),
        )


def _hear_users(server: Server) -> None:
    with open_app(server) as app:
        _must_speak(app)
        _hear(app, USERS_SPEECH, app.ask(ANN, HELLO).message_id, "another user hears the message")


def _hear_apps(server: Server) -> None:
    with open_app(server) as app, open_other_app(server) as other:
        _must_speak(app)
        _hear(app, APPS_SPEECH, other.ask(BOB, HELLO).message_id, "another app's message is heard")


def _must_speak(app: App) -> None:
    if not app.speaks:
        raise Skipped("the app has no speech")


def _hear(app: App, check: str, message_id: str, wrong: str) -> None:
    try:
        refused(
            check,
            SPEAK,
            wrong,
            lambda: app.client.tts.text_to_audio(message_id=message_id, user=BOB).read(),
        )
    except UnexpectedResponseError:
        return  # no audio, so nothing to hear: some versions answer `null`


def _bring_users(server: Server) -> None:
    with open_app(server) as app:
        _must_see(app)
        _bring(app, app.upload(ANN, *PICTURE).id, USERS_FILE, "another user's file is brought")


def _bring_apps(server: Server) -> None:
    with open_app(server) as app, open_other_app(server) as other:
        _must_see(app)
        _bring(app, other.upload(BOB, *PICTURE).id, APPS_FILE, "another app's file is brought")


def _must_see(app: App) -> None:
    if not app.takes_images:
        raise Skipped("the app takes no images")


def _bring(app: App, file_id: str, check: str, wrong: str) -> None:
    file = {"type": "image", "transfer_method": "local_file", "upload_file_id": file_id}
    refused(check, CREATE, wrong, lambda: app.ask(BOB, HELLO, files=[file]))


def _list_apps(server: Server) -> None:
    with open_app(server) as app, open_other_app(server) as other:
        message = other.ask(ANN, HELLO).message_id
        rate(other, ANN, message, "like")
        listed = [item.message_id for item in app.feedback()]
        require(message not in listed, APPS_FEEDBACK, FEEDBACKS, "another app's feedback is listed")
        rate(other, ANN, message, None)


def _scenario(
    name: str,
    check: str,
    summary: str,
    run: Callable[[Server], None],
    *operations: str,
) -> Scenario:
    return Scenario(name, {check: summary, **client.CHECKS}, run, operations)


APART = (
    _scenario(
        "rate_another_users",
        USERS_MESSAGE,
        "A user can't rate another's message.",
        _rate_users,
        RATE,
        CREATE,
    ),
    _scenario(
        "rate_another_apps",
        APPS_MESSAGE,
        "A key can't rate another app's message.",
        _rate_apps,
        RATE,
        CREATE,
    ),
    _scenario(
        "hear_another_users",
        USERS_SPEECH,
        "A user can't hear another's message.",
        _hear_users,
        SPEAK,
        CREATE,
    ),
    _scenario(
        "hear_another_apps",
        APPS_SPEECH,
        "A key can't have another app's message spoken.",
        _hear_apps,
        SPEAK,
        CREATE,
    ),
    _scenario(
        "bring_another_users",
        USERS_FILE,
        "A user can't show the model another's file.",
        _bring_users,
        CREATE,
        UPLOAD,
    ),
    _scenario(
        "bring_another_apps",
        APPS_FILE,
        "A key can't show the model another app's file.",
        _bring_apps,
        CREATE,
        UPLOAD,
    ),
    _scenario(
        "list_another_apps",
        APPS_FEEDBACK,
        "Another app's feedback isn't listed.",
        _list_apps,
        FEEDBACKS,
        RATE,
        CREATE,
    ),
)
