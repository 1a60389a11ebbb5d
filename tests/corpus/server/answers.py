"""The answers that a document has for an operation into one that is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.corpus.making.choices import up_to
from tests.corpus.making.letters import ANY
from tests.corpus.making.merging import merged
from tests.corpus.making.texts import CONTENTS
from tests.corpus.making.validity import validity
from tests.corpus.making.values import Maker

from .contents import Content
from .media_types import SEQUENTIAL, accepted, is_json
from .request import Answer
from .texts import Shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from .files import Files, Place
    from .operations import Operation
    from .schemas import Schemas


@dataclass(frozen=True)
class Choice:
    """A successful answer that the document has: a status and, if it has any, a content."""

    status: int
    media_type: str | None
    content: Content
    headers: tuple[tuple[str, Content], ...]


@dataclass(frozen=True)
class Sent:
    """What was answered: the bytes, and the value that they stand for."""

    answer: Answer
    choice: Choice
    value: Any


def choices(files: Files, schemas: Schemas, operation: Operation) -> list[Choice]:
    """The successful answers, else the redirections, else 200 without a content."""
    responses = operation.place.get("responses")
    named = (
        {str(n): n for n in responses.value}
        if responses and isinstance(responses.value, dict)
        else {}
    )
    good = {int(n): n for n in named if n.isdigit() and 200 <= int(n) < 300}
    if "2XX" in (upper := {n.upper(): n for n in named}):
        good.setdefault(next(s for s in range(200, 300) if s not in good), upper["2XX"])
    if not good and "default" in named:
        good[200] = "default"
    if not good:
        good = {int(n): n for n in named if n.isdigit() and 300 <= int(n) < 400 and n != "304"}
    found: list[Choice] = []
    for status, name in good.items():
        place = files.follow(responses.at(named[name])) if responses else None
        found += _contents(files, schemas, status, place) if place else []
    return found or [Choice(200, None, Content(schemas, None), ())]


def _contents(files: Files, schemas: Schemas, status: int, place: Place) -> list[Choice]:
    headers = place.get("headers")
    described = (
        tuple(
            (name, Content(schemas, files.follow(headers.at(name))))
            for name in (headers.value if headers and isinstance(headers.value, dict) else ())
        )
        if headers
        else ()
    )
    content = place.get("content")
    if content is None or not content.value or status in {204, 205}:
        return [Choice(status, None, Content(schemas, None), described)]
    found = []
    for name in content.value:
        at = files.follow(content.at(name))
        word = "itemSchema" if isinstance(at.value, dict) and "itemSchema" in at.value else "schema"
        found.append(Choice(status, name, Content(schemas, at, word), described))
    return found


def write(
    choice: Choice, accept: str | None, method: str, draw: Callable[[Any], Any]
) -> Sent | None:
    """Make an answer; None if the client doesn't accept it."""
    if choice.media_type is None or method == "HEAD":
        return Sent(Answer(choice.status, {}), choice, None)
    if not accepted(accept, choice.media_type):
        return None
    kind = _concrete(choice.media_type, choice.content)
    value, content = _body(choice.content, kind, draw)
    return Sent(Answer(choice.status, {"content-type": kind}, content), choice, value)


def _concrete(media_type: str, content: Content) -> str:
    """A media type of a range; JSON where one may be JSON, and has no string that it could be."""
    main, _, sub = media_type.partition(";")[0].strip().partition("/")
    types = Shapes(content.schema).types(content.schema)
    if sub == "*" and main in {"*", "application"} and types and "string" not in types:
        return "application/json"
    if sub == "*":
        sub = {"text": "plain", "image": "png", "audio": "mpeg", "*": "octet-stream"}.get(main, "x")
    return f"{'application' if main == '*' else main}/{sub}" + (
        media_type[media_type.find(";") :] if ";" in media_type else ""
    )


def _body(content: Content, media_type: str, draw: Callable[[Any], Any]) -> tuple[Any, bytes]:
    kind = media_type.partition(";")[0].lower()
    if kind == "text/event-stream" or kind in SEQUENTIAL:
        return _stream(content, kind, draw)
    if is_json(kind):
        value = Maker(draw, grows=True).value(content.schema, content.fits)
        return value, json.dumps(value, ensure_ascii=draw(st.booleans())).encode()
    if kind.startswith("text/"):
        text = draw(st.text(ANY.strategy, max_size=20))
        return text, text.encode()
    data: bytes = draw(CONTENTS)
    return data, data


def _stream(content: Content, kind: str, draw: Callable[[Any], Any]) -> tuple[Any, bytes]:
    made = [_item(content, kind, draw) for _ in range(3 - draw(up_to(3)))]
    values = [value for value, _ in made]
    if kind == "text/event-stream":
        return values, "".join(f"{text}\n\n" for _, text in made).encode()
    before = "\x1e" if kind == "application/json-seq" else ""
    return values, "".join(f"{before}{text}\n" for _, text in made).encode()


def _item(content: Content, kind: str, draw: Callable[[Any], Any]) -> tuple[Any, str]:
    """One value of a stream, and how it is written."""
    schema = {name: item for name, item in content.schema.items() if name != "$defs"}
    definitions = content.schema["$defs"]
    flat = merged(
        content.schema, definitions, lambda options: options[draw(up_to(len(options) - 1))]
    )
    is_framed = content.word == "itemSchema" and kind == "text/event-stream"
    lines = []
    if is_framed:
        properties = flat.get("properties", {})
        name = properties.get("event", {})
        lines += [
            f"event: {word}" for word in [name.get("const"), *name.get("enum", [])[:1]] if word
        ]
        schema = properties.get("data", {})
        schema = schema.get("contentSchema", schema)
    elif flat.get("type") == "array":
        schema = flat.get("items", {})
    whole = {**schema, "$defs": definitions}
    if kind == "text/event-stream" and (is_text(whole, definitions) or not schema):
        text = draw(st.text(_LINES, max_size=10))
        return text, "\n".join([*lines, *(f"data: {line}" for line in text.split("\n"))])
    value = Maker(draw, grows=True).value(whole, validity(whole))
    text = json.dumps(value)
    return value, "\n".join([*lines, f"data: {text}"]) if kind == "text/event-stream" else text


def is_text(schema: dict[str, Any], definitions: dict[str, Any]) -> bool:
    """Whether a schema has strings only."""
    return merged(schema, definitions, lambda options: options[0]).get("type") == "string"


_LINES = st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\n")
