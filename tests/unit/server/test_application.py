"""What an app says of itself is what the recorded apps said, field by field, in their order."""

import json
from typing import Any, get_args

import pytest

from completion_server.dialects import DIALECTS
from completion_server.operations.application import app_info, app_parameters, web_app_settings
from completion_server.settings import (
    App,
    Compatibility,
    Limits,
    Moderation,
    Number,
    Paragraph,
    Text,
    Vision,
    WebApp,
)
from completion_server.web.errors import ApiError
from tests.replay.apps import recorded_apps
from tests.replay.exchange import Exchange
from tests.replay.recording import recording_of

APPS = recorded_apps()
PATHS = ("/v1/info", "/v1/parameters", "/v1/site")


def recorded(version: Compatibility) -> list[Exchange]:
    """Give what was said of an app to a good key."""
    exchanges = recording_of(version).exchanges
    return [it for it in exchanges if it.route in PATHS and it.answer.status in {200, 400}]


def answer(app: App, path: str, version: Compatibility) -> Any:
    try:
        match path:
            case "/v1/info":
                return app_info(app, DIALECTS[version])
            case "/v1/parameters":
                return app_parameters(app, Limits(), DIALECTS[version])
        return web_app_settings(app, DIALECTS[version])
    except ApiError as error:
        return error.body


@pytest.mark.parametrize("version", get_args(Compatibility))
def test_each_recorded_body_comes_out(version: Compatibility) -> None:
    exchanges = recorded(version)
    assert {exchange.route for exchange in exchanges} == set(PATHS)
    for exchange in exchanges:
        told = answer(APPS[exchange.app], exchange.route, version)
        # As text, since the order of fields is the version's too.
        assert json.dumps(exchange.answer.json) == json.dumps(told), exchange.name


def test_the_recordings_hold_every_app_that_can_say_something() -> None:
    named = {it.app for version in get_args(Compatibility) for it in recorded(version)}
    assert named == APPS.keys() - {"Disabled", "OneAtATime"}


def test_what_is_set_is_told() -> None:
    app = App(
        name="A",
        keys=("k",),
        form=(
            Paragraph(variable="p", max_length=5),
            Text(variable="t"),
            Number(variable="n", default=0),
        ),
        speech_to_text=True,
        suggested_questions=("Why?",),
        suggested_questions_after_answer=True,
        annotation_reply=True,
        more_like_this=True,
        vision=Vision(images=1, detail="low", transfer_methods=("local_file",)),
        moderation=Moderation(keywords=("a", "b"), output=False),
    )
    told = app_parameters(
        app, Limits(image=1, file=2, audio=3, video=4, workflow_files=5), DIALECTS["1.14.2"]
    )
    for name in ("speech_to_text", "suggested_questions_after_answer", "annotation_reply"):
        assert told[name] == {"enabled": True}
    assert told["more_like_this"] == {"enabled": True}
    assert told["suggested_questions"] == ["Why?"]
    assert told["user_input_form"] == [
        {
            "paragraph": {
                "label": "p",
                "variable": "p",
                "required": False,
                "max_length": 5,
                "default": "",
            }
        },
        {"text-input": {"label": "t", "variable": "t", "required": False, "default": ""}},
        {"number": {"label": "n", "variable": "n", "required": False, "default": 0}},
    ]
    assert told["file_upload"]["image"] == {
        "enabled": True,
        "number_limits": 1,
        "detail": "low",
        "transfer_methods": ["local_file"],
    }
    config = told["sensitive_word_avoidance"]["config"]
    assert config["keywords"] == "a\nb"
    assert [config["inputs_config"]["enabled"], config["outputs_config"]["enabled"]] == [
        True,
        False,
    ]
    assert told["system_parameters"] == {
        "image_file_size_limit": 1,
        "video_file_size_limit": 4,
        "audio_file_size_limit": 3,
        "file_size_limit": 2,
        "workflow_file_upload_limit": 5,
    }


def test_a_web_app_has_its_own_title_and_looks() -> None:
    looks = WebApp(title="T", chat_color_theme="#000000", icon="x", icon_url="https://a.example/x")
    told = web_app_settings(App(name="A", keys=("k",), web_app=looks), DIALECTS["1.14.2"])
    assert (
        told["title"],
        told["chat_color_theme"],
        told["icon"],
        told["icon_url"],
    ) == ("T", "#000000", "x", "https://a.example/x")
