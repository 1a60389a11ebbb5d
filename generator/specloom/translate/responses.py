"""Responses into the successful answers that a client decodes (OAS 3.2 §4.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.references import follow
from specloom.event_stream import EVENT_STREAM, sequential_kind
from specloom.ir import Answer, Content, EventStream, Kind
from specloom.media_types import essence, is_json

if TYPE_CHECKING:
    from .types import Types


def successful(operation: dict[str, Any]) -> dict[str, Any]:
    """The responses with a 2xx status; `default` only where there is none."""
    responses: dict[str, Any] = operation.get("responses", {})
    found = {status: response for status, response in responses.items() if status.startswith("2")}
    return found or {key: value for key, value in responses.items() if key == "default"}


def answers(operation: dict[str, Any], types: Types) -> tuple[Answer, ...]:
    """What comes back with each successful status."""
    return tuple(
        Answer(
            status,
            tuple(
                _content(media_type, media, types)
                for media_type, media in response.get("content", {}).items()
            ),
        )
        for status, response in successful(operation).items()
    )


def streams_beside(operation: dict[str, Any], types: Types) -> bool:
    """Whether an operation answers a stream or, asked otherwise, something else."""
    return len(kinds(answers(operation, types))) > 1


def kinds(answers: tuple[Answer, ...]) -> list[Kind]:
    """What an operation may give back: a value, a stream, or both; or only bytes."""
    contents = [content for answer in answers for content in answer.contents]
    found = []
    if any(content.stream for content in contents):
        found.append(Kind.STREAM)
    values = [content for content in contents if not content.stream]
    if values and all(content.annotation == "BINARY" for content in values):
        found.append(Kind.BINARY)
    elif values or not found:
        found.append(Kind.VALUE)
    return sorted(found, key=list(Kind).index)


def of_kind(answers: tuple[Answer, ...], kind: Kind) -> tuple[Answer, ...]:
    """The answers as one method expects them: with streams only, or without."""
    streaming = kind is Kind.STREAM
    kept = [
        (answer, tuple(part for part in answer.contents if bool(part.stream) == streaming))
        for answer in answers
    ]
    return tuple(
        Answer(answer.status, contents)
        for answer, contents in kept
        if contents or not (streaming or answer.contents)
    )


def returned(answers: tuple[Answer, ...], kind: Kind) -> str:
    """The type expression of what the answers give."""
    found: list[str] = []
    for answer in answers:
        found += [_returned(content) for content in answer.contents]
        if not answer.contents:
            found.append("None")
    if kind is Kind.STREAM:
        found.append("UnknownEvent")
    members = list(dict.fromkeys(found)) or ["None"]
    return "Any" if "Any" in members else " | ".join(members)


def _returned(content: Content) -> str:
    if content.stream:
        return content.stream.annotation
    return {"BINARY": "bytes", "TEXT": "str"}.get(content.annotation, content.annotation)


def events(media_type: str, media: dict[str, Any]) -> dict[str, Any] | None:
    """How a normalized event stream says what the JSON of its events is, if it does."""
    item = media.get("itemSchema")
    fields = item.get("properties", {}) if isinstance(item, dict) else {}
    data = fields.get("data")
    known = isinstance(data, dict) and "contentSchema" in data
    return data if known and essence(media_type) == EVENT_STREAM else None


def _content(media_type: str, media: dict[str, Any], types: Types) -> Content:
    data = events(media_type, media)
    if data:
        stream = _stream(data["contentSchema"], media.get("x-event-stream", {}), types)
        return Content(media_type, stream.annotation, stream)
    if is_json(media_type):
        return Content(media_type, types.read(media.get("schema", {})))
    is_text = essence(media_type).startswith("text/") and not sequential_kind(media_type)
    return Content(media_type, "TEXT" if is_text else "BINARY")


def _stream(schema: Any, order: dict[str, Any], types: Types) -> EventStream:
    union = follow(types.tree, schema)
    discriminator = union.get("discriminator", {}) if isinstance(union, dict) else {}
    texts = [word for word in ("text", "replacement") if word in order]
    return EventStream(
        types.read(schema),
        order.get("tag", discriminator.get("propertyName")),
        tuple(order.get("ends", ())),
        order.get("keep-alive"),
        order.get("error"),
        tuple((order[word]["event"], order[word]["field"]) for word in texts),
        tuple(order[word]["event"] for word in texts if word == "replacement"),
    )
