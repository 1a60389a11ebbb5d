"""What a document says of a stream's events, turned into a stream as it could be recorded.

Knows nothing of methods or of Markdown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.document import components
from specloom.document.references import follow

from .literals import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.ir import Content, Model

    from .instances import Instances


@dataclass(frozen=True, slots=True)
class StreamExample:
    """What the events of a stream look like; streams are bytes, as Python."""

    media_type: str
    recorded: str
    """From a first event to one that ends it."""
    count: int
    """How many events these are."""
    is_text: bool
    """Whether events are text, rather than of JSON."""
    has_end: bool
    """Whether the document says which events end it."""
    failed: str | None
    """A stream that reports an error, if the document says how."""
    text_class: str | None
    """The class of the events that hold the text, and its attribute that does."""
    text_field: str | None


def stream_example(
    content: Content, media: dict[str, Any], instances: Instances, models: Sequence[Model]
) -> StreamExample:
    """Make the events of a media type, in the order that its `x-event-stream` asks for."""
    write, order = _Writing(content), media.get("x-event-stream", {})
    make = _Events(write.schema(media), order, instances)
    text, error = order.get("text", {}), order.get("error")
    ends = [tag for tag in order.get("ends", ()) if tag != error]
    events = [*make.words(), *(make.event(tag) for tag in ends[:1])]
    found = make.attribute(text.get("event"), text.get("field"), models)
    return StreamExample(
        quoted(content.media_type),
        write.stream(events),
        len(events),
        write.is_text,
        "ends" in order,
        write.stream([make.event(error)]) if error else None,
        *(found or (None, None)),
    )


@dataclass(frozen=True, slots=True)
class _Events:
    schema: Any
    order: dict[str, Any]
    instances: Instances

    @property
    def by_tag(self) -> dict[str, str]:
        """The schemas of the events, as the discriminator maps them."""
        union = follow(self.instances.tree, self.schema)
        discriminator = union.get("discriminator", {}) if isinstance(union, dict) else {}
        mapping: dict[str, str] = discriminator.get("mapping", {})
        return mapping

    def event(self, tag: str | None) -> Any:
        """An event with a tag, or any event."""
        mapped = self.by_tag.get(tag or "")
        schema = {"$ref": mapped} if mapped else self.schema
        value = self.instances.of(schema, "event")
        tagged = isinstance(value, dict) and tag is not None and "tag" in self.order
        return {**value, self.order["tag"]: tag} if tagged else value

    def words(self) -> list[Any]:
        """Events before the end: the pieces of a text, or one of the first kind."""
        text = self.order.get("text")
        if text:
            event = self.event(text["event"])
            return [{**event, text["field"]: piece} for piece in ("Hello", " world")]
        last = {*self.order.get("ends", ()), *self.order.get("after-end", ())}
        others = [tag for tag in self.by_tag if tag not in last | {self.order.get("error")}]
        return [self.event(next(iter(others), None))]

    def attribute(
        self, tag: str | None, field: str | None, models: Sequence[Model]
    ) -> tuple[str, str] | None:
        """The class of the events with a tag, and its attribute for a field."""
        component = components.name_of(self.by_tag.get(tag or "", ""))
        for model in models:
            if model.component == component and field in dict(model.fields):
                return model.class_name, dict(model.fields)[field]
        return None


@dataclass(frozen=True, slots=True)
class _Writing:
    """How the events of a stream stand in it."""

    content: Content

    @property
    def is_text(self) -> bool:
        """Whether the data of an event is text."""
        return self.content.annotation == "TEXT"

    def schema(self, media: dict[str, Any]) -> Any:
        """The schema of what an event carries."""
        if self.is_text:
            return {"const": "data"}
        item = media.get("itemSchema", True)
        is_json_alone = self.content.stream and self.content.stream.separator
        return item if is_json_alone else item["properties"]["data"]["contentSchema"]

    def stream(self, events: list[Any]) -> str:
        """Events as a literal over several lines."""
        text = "".join(map(self._event, events))
        return f'{"r" if chr(92) in text else ""}b"""{text}"""'

    def _event(self, event: Any) -> str:
        data = event if self.is_text else json.dumps(event)
        is_json_alone = self.content.stream and self.content.stream.separator
        return f"{data}\n" if is_json_alone else f"data: {data}\n\n"
