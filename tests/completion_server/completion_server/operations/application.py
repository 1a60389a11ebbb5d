"""Answers /info, /parameters and /site: what an app is, what it asks for and how it looks."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from completion_server.dialects import Dialect
from completion_server.operations.form import dify_type
from completion_server.operations.service import Service
from completion_server.settings import (
    App,
    Control,
    Limits,
    Moderation,
    Select,
    Speech,
    Vision,
)
from completion_server.web.errors import app_unavailable

Section = dict[str, Any]


async def get_app_info(_request: Request, app: App, service: Service) -> Response:
    """Say what the app is (row 53)."""
    return service.answer(app_info(app, service.dialect))


async def get_app_parameters(_request: Request, app: App, service: Service) -> Response:
    """Say what the app asks for and what is switched on (rows 54 to 56)."""
    return service.answer(app_parameters(app, service.settings.limits, service.dialect))


async def get_web_app_settings(_request: Request, app: App, service: Service) -> Response:
    """Say how the app's site looks (row 57)."""
    return service.answer(web_app_settings(app, service.dialect))


def app_info(app: App, dialect: Dialect) -> Section:
    """Give the body of /info."""
    return {
        "name": app.name,
        "description": app.description,
        "tags": list(app.tags),
        "mode": app.mode,
        **dialect.authorship(app.author),
    }


def app_parameters(app: App, limits: Limits, dialect: Dialect) -> Section:
    """Give the body of /parameters; raises an `ApiError` for an app without a configuration."""
    if not app.configured:
        raise app_unavailable()
    return {
        "opening_statement": None,
        "suggested_questions": list(app.suggested_questions),
        "suggested_questions_after_answer": _switch(on=app.suggested_questions_after_answer),
        "speech_to_text": _switch(on=app.speech_to_text),
        "text_to_speech": _text_to_speech(app.speech),
        "retriever_resource": _switch(on=True),
        "annotation_reply": _switch(on=app.annotation_reply),
        "more_like_this": _switch(on=app.more_like_this),
        "user_input_form": [{dify_type(control): _described(control)} for control in app.form],
        "sensitive_word_avoidance": _sensitive_word_avoidance(app.moderation, dialect),
        "file_upload": _file_upload(app.vision),
        "system_parameters": _system_parameters(limits),
    }


def web_app_settings(app: App, dialect: Dialect) -> Section:
    """Give the body of /site."""
    site = app.web_app.model_dump()
    site["title"] = site["title"] or app.name
    return dialect.ordered_site(site)


def _switch(*, on: bool) -> Section:
    return {"enabled": on}


def _text_to_speech(speech: Speech | None) -> Section:
    if speech is None:
        return _switch(on=False)
    auto_play = {"autoPlay": "enabled"} if speech.auto_play else {}
    return {"enabled": True, "voice": speech.voice, "language": speech.language, **auto_play}


def _described(control: Control) -> Section:
    default = "" if control.default is None else control.default
    return {
        "label": control.shown_label,
        "variable": control.variable,
        "required": control.required,
        **_bounds(control),
        "default": default,
    }


def _bounds(control: Control) -> Section:
    """What a control takes: its options, or its length if that is bounded."""
    if isinstance(control, Select):
        return {"options": list(control.options)}
    if control.type != "number" and control.max_length:
        return {"max_length": control.max_length}
    return {}


def _sensitive_word_avoidance(moderation: Moderation | None, dialect: Dialect) -> Section:
    if moderation is None:
        return {"enabled": False, "type": "", **dialect.no_moderation}
    config = {
        "keywords": "\n".join(moderation.keywords),
        "inputs_config": _replying(moderation.input_reply, on=moderation.input),
        "outputs_config": _replying(moderation.output_reply, on=moderation.output),
    }
    return {"enabled": True, "type": "keywords", "config": config}


def _replying(reply: str, *, on: bool) -> Section:
    return {"enabled": on, "preset_response": reply}


def _file_upload(vision: Vision | None) -> Section:
    """Describe the upload of images; where it is off the defaults are told."""
    shown = vision or Vision()
    methods = list(shown.transfer_methods)
    image = {
        "enabled": vision is not None,
        "number_limits": shown.images,
        "detail": shown.detail,
        "transfer_methods": methods,
    }
    if vision is None:
        return {"image": image}
    return {
        "image": image,
        "enabled": True,
        "allowed_file_types": ["image"],
        "allowed_file_upload_methods": methods,
        "allowed_file_extensions": [],
        "number_limits": shown.images,
    }


def _system_parameters(limits: Limits) -> Section:
    return {
        "image_file_size_limit": limits.image,
        "video_file_size_limit": limits.video,
        "audio_file_size_limit": limits.audio,
        "file_size_limit": limits.file,
        "workflow_file_upload_limit": limits.workflow_files,
    }
