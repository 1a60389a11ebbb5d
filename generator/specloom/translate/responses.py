"""Responses into the successful answers that a client decodes (OAS 3.2 §4.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.references import follow
from specloom.event_stream import EVENT_STREAM
from specloom.ir import Answer, Content, EventStream, Kind

from .bodies import essence, is_json

if TYPE_CHECKING:
    from .types import Types


def answers(operation: dict[str, Any], types: Types) -> tuple[Answer, ...]:
    """The answers with a 2xx status; `default` only where there is none."""
    responses = {
        status: response
        for status, response in operation.get("responses", {}).items()
        if status.startswith("2")
    } or {key: value for key, value in operation.get("responses", {}).items() if key == "default"}
    return tuple(
        Answer(
            status,
            tuple(
                _content(media_type, media, types)
                for media_type, media in response.get("content", {}).items()
            ),
        )
        for status, response in responses.items()
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


def _content(media_type: str, media: dict[str, Any], types: Types) -> Content:
    if "itemSchema" in media and essence(media_type) == EVENT_STREAM:
        stream = _stream(media, types)
        return Content(media_type, stream.annotation, stream)
    if is_json(media_type):
        return Content(media_type, types.read(media.get("schema", {})))
    return Content(media_type, "TEXT" if essence(media_type).startswith("text/") else "BINARY")


def _stream(media: dict[str, Any], types: Types) -> EventStream:
    item = follow(types.tree, media["itemSchema"])
    data = item.get("properties", {}).get("data", {}).get("contentSchema", media["itemSchema"])
    order = media.get("x-event-stream", {})
    union = follow(types.tree, data)
    tag = order.get("tag", union.get("discriminator", {}).get("propertyName"))
    return EventStream(
        types.read(data),
        tag,
        tuple(order.get("ends", ())),
        tuple(order.get("after-end", ())),
        order.get("keep-alive"),
        order.get("error"),
    )
