"""The media types of a response into what a client decodes them to (OAS 3.2 §4.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.kinds import allows_no_text
from specloom.document.references import follow
from specloom.event_stream import EVENT_STREAM, separator, sequential_kind
from specloom.ir import Content, EventStream
from specloom.media_types import essence, is_json

if TYPE_CHECKING:
    from .types import Types

# What may be JSON, if it is said to be an object or such.
_ANYTHING: Final = {"*/*", "application/*"}
# The same values as JSON in another syntax, where nothing else is said of them.
_SYNTAXES: Final = {
    "application/xml", "text/xml", "application/yaml", "application/x-yaml", "text/yaml",
}  # fmt: skip


def offered(response: dict[str, Any], tree: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The contents that a client asks for: not those that say in other words what JSON says."""
    declared: dict[str, dict[str, Any]] = response.get("content", {})
    as_json = [_schema(media, tree) for name, media in declared.items() if is_json(name)]
    return {
        name: media
        for name, media in declared.items()
        if not (as_json and _is_other_syntax(name, _schema(media, tree), as_json))
    }


def _is_other_syntax(media_type: str, schema: Any, as_json: list[Any]) -> bool:
    if is_json(media_type) or sequential_kind(media_type):
        return False
    says_nothing = not schema or schema is True
    return essence(media_type) in _SYNTAXES if says_nothing else schema in as_json


def content(media_type: str, media: dict[str, Any], types: Types) -> Content:
    """What one media type decodes into."""
    stream = _stream(media_type, media, types)
    if stream:
        return Content(media_type, stream.annotation, stream)
    if _is_value(media_type, media, types.tree):
        return Content(media_type, types.read(media.get("schema", {})))
    return Content(media_type, "TEXT" if _is_text(media_type) else "BINARY")


def loss(media_type: str, media: dict[str, Any], tree: dict[str, Any]) -> str | None:
    """What a client gives instead of what a media type says, if that is less."""
    kind = sequential_kind(media_type)
    if kind:
        is_exact = kind != EVENT_STREAM or events(media) or _says_only_text(media, tree)
        return None if is_exact else f"the data of the events of {media_type} are given as text"
    if "itemSchema" in media or "prefixEncoding" in media:
        return f"a stream of {media_type} is given as bytes"
    if _is_value(media_type, media, tree) or not allows_no_text(tree, media.get("schema")):
        return None
    return f"{media_type} is given as {'text' if _is_text(media_type) else 'bytes'}"


def events(media: dict[str, Any]) -> dict[str, Any] | None:
    """How a normalized event stream says what the JSON of its events is, if it does."""
    item = media.get("itemSchema")
    fields = item.get("properties", {}) if isinstance(item, dict) else {}
    data = fields.get("data")
    return data if isinstance(data, dict) and "contentSchema" in data else None


def _says_only_text(media: dict[str, Any], tree: dict[str, Any]) -> bool:
    """Whether nothing is said of what the text of an event is."""
    item = follow(tree, media.get("itemSchema", media.get("schema")))
    if not isinstance(item, dict):
        return True
    data = follow(tree, item.get("properties", {}).get("data"))
    said = item.keys() | (data.keys() if isinstance(data, dict) else set())
    return said.isdisjoint({"allOf", "anyOf", "oneOf", "contentSchema"})


def _is_value(media_type: str, media: dict[str, Any], tree: dict[str, Any]) -> bool:
    """Whether an answer is JSON, read at once."""
    if essence(media_type) in _ANYTHING:
        return allows_no_text(tree, media.get("schema"))
    return is_json(media_type)


def _is_text(media_type: str) -> bool:
    return essence(media_type).startswith("text/")


def _schema(media: dict[str, Any], tree: dict[str, Any]) -> Any:
    return follow(tree, media.get("schema"))


def _stream(media_type: str, media: dict[str, Any], types: Types) -> EventStream | None:
    kind = sequential_kind(media_type)
    schema = _schema(media, types.tree)
    is_file = isinstance(schema, dict) and schema.get("format") == "binary"
    if kind == EVENT_STREAM:
        data = events(media)
        return _events(media, data["contentSchema"] if data else None, "", types)
    if kind and not is_file:
        return _events(media, media.get("itemSchema", True), separator(kind), types)
    return None


def _events(media: dict[str, Any], schema: Any, separator: str, types: Types) -> EventStream:
    """How events follow one another; without a schema, they are text."""
    order = media.get("x-event-stream", {})
    union = follow(types.tree, schema)
    discriminator = union.get("discriminator", {}) if isinstance(union, dict) else {}
    texts = [word for word in ("text", "replacement") if word in order]
    return EventStream(
        "TEXT" if schema is None else types.read(schema),
        order.get("tag", discriminator.get("propertyName")),
        tuple(order.get("ends", ())),
        order.get("keep-alive"),
        order.get("error"),
        tuple((order[word]["event"], order[word]["field"]) for word in texts),
        tuple(order[word]["event"] for word in texts if word == "replacement"),
        separator,
    )
