"""Answers /info, /parameters and /site: what an app is and asks for."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from completion_server.apps import App, Moderation
from completion_server.json_response import CompactJSONResponse
from completion_server.service import Service
from completion_server.system_parameters import SYSTEM_PARAMETERS

TRANSFER_METHODS = ["remote_url", "local_file"]
DEFAULT_IMAGES = 3

Section = dict[str, Any]


async def get_app_info(_request: Request, app: App, _service: Service) -> Response:
    """Say what the app is (row 53)."""
    return CompactJSONResponse(
        {
            "name": app.name,
            "description": app.description,
            "tags": app.tags,
            "mode": "completion",
            "author_name": app.author,
        }
    )


async def get_app_parameters(_request: Request, app: App, _service: Service) -> Response:
    """Say what the app asks for and what is switched on (rows 54 to 56)."""
    return CompactJSONResponse(
        {
            "opening_statement": None,
            "suggested_questions": [],
            "suggested_questions_after_answer": {"enabled": False},
            "speech_to_text": {"enabled": False},
            "text_to_speech": _text_to_speech(app),
            "retriever_resource": {"enabled": True},
            "annotation_reply": {"enabled": False},
            "more_like_this": {"enabled": False},
            "user_input_form": [_control(app, index) for index in range(len(app.form))],
            "sensitive_word_avoidance": _sensitive_word_avoidance(app.moderation),
            "file_upload": _file_upload(app.vision),
            "system_parameters": SYSTEM_PARAMETERS,
        }
    )


def _text_to_speech(app: App) -> Section:
    if not app.speech:
        return {"enabled": False}
    auto_play = {"autoPlay": "enabled"} if app.auto_play else {}
    return {"enabled": True, "voice": "alloy", "language": "en-US", **auto_play}


def _control(app: App, index: int) -> Section:
    control = app.form[index]
    return {
        "paragraph": {
            "label": control.label,
            "variable": control.variable,
            "required": control.required,
            "default": "",
        }
    }


def _sensitive_word_avoidance(moderation: Moderation | None) -> Section:
    if moderation is None:
        return {"enabled": False, "type": "", "config": {}}
    config = {
        "keywords": "\n".join(moderation.keywords),
        "inputs_config": {"enabled": True, "preset_response": moderation.input_reply},
        "outputs_config": {"enabled": True, "preset_response": moderation.output_reply},
    }
    return {"enabled": True, "type": "keywords", "config": config}


def _file_upload(images: int) -> Section:
    image = {
        "enabled": images > 0,
        "number_limits": images or DEFAULT_IMAGES,
        "detail": "high",
        "transfer_methods": TRANSFER_METHODS,
    }
    if not images:
        return {"image": image}
    return {
        "image": image,
        "enabled": True,
        "allowed_file_types": ["image"],
        "allowed_file_upload_methods": TRANSFER_METHODS,
        "allowed_file_extensions": [],
        "number_limits": images,
    }


async def get_web_app_settings(_request: Request, app: App, _service: Service) -> Response:
    """Say how the app's site looks (row 57)."""
    return CompactJSONResponse(
        {
            "title": app.name,
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
    )
