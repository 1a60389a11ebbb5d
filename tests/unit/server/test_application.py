"""What an app says of itself is what the recorded apps said, field by field, in their order."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from completion_server.operations.application import app_info, app_parameters, web_app_settings
from completion_server.settings import (
    App,
    Compatibility,
    Limits,
    Moderation,
    Number,
    Paragraph,
    Select,
    Speech,
    Text,
    Vision,
    WebApp,
)
from completion_server.web.errors import ApiError

RECORDINGS = Path(__file__).parents[2] / "recordings"
FORM = (
    Text(variable="topic", label="Topic", required=True, max_length=10, default="cats"),
    Select(variable="tone", label="Tone", options=("formal", "casual"), default="formal"),
    Number(variable="count", label="Count"),
    Paragraph(variable="body", label="Body"),
)
APPS = {
    app.name: app
    for app in (
        App(name="My App", keys=("1",), tags=("tag1", "tag2"), speech=Speech()),
        App(name="Bare", keys=("2",)),
        App(name="AutoPlay", keys=("3",), speech=Speech(auto_play=True)),
        App(name="Moderated", keys=("4",), moderation=Moderation(keywords=("badword",))),
        App(name="Form", keys=("5",), form=FORM),
        App(name="Vision", keys=("6",), vision=Vision(images=2)),
        App(name="NoCreds", keys=("7",)),
        App(name="NoModel", keys=("8",)),
        App(name="NoConfig", keys=("9",), configured=False),
        App(name="Chat", keys=("10",), mode="chat", form=()),
    )
}
PATHS = ("/v1/info", "/v1/parameters", "/v1/site")


def recorded(version: Compatibility) -> list[tuple[str, str, Any]]:
    """Give app, path and body of what was answered to a good key."""
    # U+2028 stands raw in them: no splitlines.
    lines = (RECORDINGS / f"recordings-{version}.jsonl").read_text().rstrip("\n").split("\n")
    exchanges = [json.loads(line) for line in lines]
    return [
        (exchange["app"], path, json.loads(exchange["response"]["body"]["text"]))
        for exchange in exchanges
        if (path := exchange["request"]["path"].partition("?")[0]) in PATHS
        if exchange["response"]["status"] in {200, 400}
    ]


def answer(app: App, path: str, version: Compatibility) -> Any:
    try:
        match path:
            case "/v1/info":
                return app_info(app, version)
            case "/v1/parameters":
                return app_parameters(app, Limits(), version)
        return web_app_settings(app, version)
    except ApiError as error:
        return error.body


@pytest.mark.parametrize("version", get_args(Compatibility))
def test_each_recorded_body_comes_out(version: Compatibility) -> None:
    exchanges = recorded(version)
    assert {path for _, path, _ in exchanges} == set(PATHS)
    for name, path, body in exchanges:
        # As text, since the order of fields is the version's too.
        assert json.dumps(body) == json.dumps(answer(APPS[name], path, version)), (name, path)


def test_the_recordings_hold_every_app() -> None:
    named = {name for version in get_args(Compatibility) for name, _, _ in recorded(version)}
    assert set(APPS) <= named


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
        app, Limits(image=1, file=2, audio=3, video=4, workflow_files=5), "1.14.2"
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
    told = web_app_settings(App(name="A", keys=("k",), web_app=looks), "1.14.2")
    assert (
        told["title"],
        told["chat_color_theme"],
        told["icon"],
        told["icon_url"],
    ) == ("T", "#000000", "x", "https://a.example/x")
