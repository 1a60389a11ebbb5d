"""Events that a fault puts into a stream, made from one that is there."""

from typing import Any

from completion_server.faults.changes.streams import Event

AUDIO = "SUQzBAAAAAAAAA=="


def message(origin: Event, answer: str = " and more") -> Event:
    """Make a piece of an answer."""
    ids = {"id": origin["message_id"]}
    return {**_task("message", origin), **ids, "answer": answer, "from_variable_selector": None}


def message_replace(origin: Event, **others: Any) -> Event:
    """Make a replacement of the answer."""
    return {**_task("message_replace", origin), "answer": "Replaced.", "reason": "", **others}


def tts_message(origin: Event, audio: Any = AUDIO) -> Event:
    """Make a piece of speech."""
    return {**_task("tts_message", origin), "audio": audio}


def tts_message_end(origin: Event, audio: str = "") -> Event:
    """Make the end of speech."""
    return {**_task("tts_message_end", origin), "audio": audio}


def error(origin: Event, **others: Any) -> Event:
    """Make a failure of the model."""
    told = {"code": "completion_request_error", "status": 400, "message": "The model failed."}
    return {**_head("error", origin), **told, **others}


def _head(name: str, origin: Event) -> Event:
    ids = {name: origin[name] for name in ("message_id", "created_at")}
    return {"event": name, **ids}


def _task(name: str, origin: Event) -> Event:
    return {**_head(name, origin), "task_id": origin.get("task_id")}
