"""Responses into the successful answers that a client decodes (OAS 3.2 §4.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.ir import Answer, Content, Kind
from specloom.media_types import essence

from . import contents

if TYPE_CHECKING:
    from .types import Types

# A success that is none (RFC 9110 §15.4.5), and those that have no body whatever is said of them.
_NOT_MODIFIED: Final = "304"
_BODILESS: Final = {"204", "205"}


def successful(operation: dict[str, Any]) -> dict[str, Any]:
    """The responses with a 2xx status; else redirects, or `default` where there are none."""
    responses: dict[str, Any] = operation.get("responses", {})
    found: dict[str, Any] = {}
    for digits in ("2", "13"):
        found = found or {
            status: response
            for status, response in responses.items()
            if status[:1] in digits and status != _NOT_MODIFIED
        }
    return found or {key: value for key, value in responses.items() if key == "default"}


def without_content(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation whose answers have no body, whatever is said of them: that of HEAD."""
    bare = {
        status: {key: value for key, value in response.items() if key != "content"}
        for status, response in operation.get("responses", {}).items()
    }
    return {**operation, "responses": bare}


def answers(operation: dict[str, Any], types: Types) -> tuple[Answer, ...]:
    """What comes back with each successful status."""
    return tuple(
        Answer(status, () if status in _BODILESS else _contents(response, types))
        for status, response in successful(operation).items()
    )


def _contents(response: dict[str, Any], types: Types) -> tuple[Content, ...]:
    """What a response holds by its media types; the same one, whatever its parameters say."""
    found = [
        contents.content(media_type, media, types)
        for media_type, media in contents.offered(response, types.tree).items()
    ]
    by_essence: dict[str, list[str]] = {}
    for content in found:
        by_essence.setdefault(essence(content.media_type), []).append(content.annotation)
    return tuple(
        Content(content.media_type, _union(by_essence[essence(content.media_type)]), content.stream)
        for content in found
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
    if kind is Kind.BINARY:
        return "bytes"  # none, where there is no content
    found: list[str] = []
    for answer in answers:
        found += [_returned(content) for content in answer.contents]
        if not answer.contents:
            found.append("None")
    streams = [content.stream for answer in answers for content in answer.contents]
    if any(stream.tag for stream in streams if stream):
        found.append("UnknownEvent")
    return _union(found or ["None"])


def _returned(content: Content) -> str:
    if content.stream:
        text = content.stream.annotation == "TEXT"
        return "ServerSentEvent" if text else content.stream.annotation
    return {"BINARY": "bytes", "TEXT": "str"}.get(content.annotation, content.annotation)


def _union(members: list[str]) -> str:
    return "Any" if "Any" in members else " | ".join(dict.fromkeys(members))
