"""What an app says of itself, as recorded for My App and the others."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

ClientOf = Callable[[str], httpx2.Client]


def test_info(client: httpx2.Client) -> None:
    assert client.get("/info").json() == {
        "name": "My App",
        "description": "This is my app.",
        "tags": ["tag1", "tag2"],
        "mode": "completion",
        "author_name": "Owner",
    }


def test_site(client: httpx2.Client) -> None:
    assert client.get("/site").json() == {
        "title": "My App",
        "chat_color_theme": None,
        "chat_color_theme_inverted": False,
        "icon_type": "emoji",
        "icon": "😄",
        "icon_background": "#FFEAD5",
        "description": None,
        "copyright": None,
        "privacy_policy": None,
        "custom_disclaimer": "",
        "default_language": "en-US",
        "show_workflow_steps": True,
        "use_icon_as_answer_icon": False,
        "icon_url": None,
    }


def test_parameters(client: httpx2.Client) -> None:
    query = {"label": "Query", "variable": "query", "required": True, "default": ""}
    methods = ["remote_url", "local_file"]
    image = {"enabled": False, "number_limits": 3, "detail": "high", "transfer_methods": methods}
    assert client.get("/parameters?user=abc").json() == {
        "opening_statement": None,
        "suggested_questions": [],
        "suggested_questions_after_answer": {"enabled": False},
        "speech_to_text": {"enabled": False},
        "text_to_speech": {"enabled": True, "voice": "alloy", "language": "en-US"},
        "retriever_resource": {"enabled": True},
        "annotation_reply": {"enabled": False},
        "more_like_this": {"enabled": False},
        "user_input_form": [{"paragraph": query}],
        "sensitive_word_avoidance": {"enabled": False, "type": "", "config": {}},
        "file_upload": {"image": image},
        "system_parameters": {
            "image_file_size_limit": 10,
            "video_file_size_limit": 100,
            "audio_file_size_limit": 50,
            "file_size_limit": 15,
            "workflow_file_upload_limit": 10,
        },
    }


@pytest.mark.parametrize(
    ("app", "section", "expected"),
    [
        (
            "AutoPlay",
            "text_to_speech",
            {"enabled": True, "voice": "alloy", "language": "en-US", "autoPlay": "enabled"},
        ),
        ("Other App", "text_to_speech", {"enabled": False}),
        (
            "Moderated",
            "sensitive_word_avoidance",
            {
                "enabled": True,
                "type": "keywords",
                "config": {
                    "keywords": "badword",
                    "inputs_config": {"enabled": True, "preset_response": "INPUT BLOCKED"},
                    "outputs_config": {"enabled": True, "preset_response": "OUTPUT BLOCKED"},
                },
            },
        ),
        (
            "Seeing",
            "file_upload",
            {
                "image": {
                    "enabled": True,
                    "number_limits": 2,
                    "detail": "high",
                    "transfer_methods": ["remote_url", "local_file"],
                },
                "enabled": True,
                "allowed_file_types": ["image"],
                "allowed_file_upload_methods": ["remote_url", "local_file"],
                "allowed_file_extensions": [],
                "number_limits": 2,
            },
        ),
    ],
)
def test_what_is_switched_on_is_told(
    client_of: ClientOf, app: str, section: str, expected: dict[str, Any]
) -> None:
    assert client_of(app).get("/parameters").json()[section] == expected


@pytest.mark.parametrize("path", ["/info", "/parameters", "/site"])
def test_head_tells_the_length_alone(client: httpx2.Client, path: str) -> None:
    response = client.head(path)
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["content-length"] == str(len(client.get(path).content))
