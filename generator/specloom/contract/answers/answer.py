"""An answer beside what the document says of it: its status, its media type, its schema.

Knows nothing of checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.contract.exchanges.exchange import decode, read_json
from specloom.document.pointer import join
from specloom.event_stream import EVENT_STREAM, parse_events
from specloom.media_types import essence, is_json

from .framing import framing_faults
from .operations import sent_parameters
from .streams import data_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.exchanges.exchange import Exchange, Response
    from specloom.contract.exchanges.expressions import Parameters

    from .operations import Operation
    from .schemas import Schemas

_NO_CONTENT: Final = {204, 304}


class Described(NamedTuple):
    """A value in an answer, the pointer to its schema, and where in the answer it is."""

    schema: str
    value: Any
    place: str


@dataclass(frozen=True)
class Answer:
    """An answer beside what the document says of it."""

    schemas: Schemas
    operation: Operation
    exchange: Exchange

    @property
    def response(self) -> Response:
        """The answer itself."""
        return self.exchange.response

    @cached_property
    def documented(self) -> tuple[str, dict[str, Any]] | None:
        """The Response Object of the answer's status, and its pointer; None if there is none."""
        responses = self.operation.value.get("responses", {})
        status = _documented_status(responses, self.response.status)
        if status is None:
            return None
        return self.schemas.follow(join("", *self.operation.pointer, "responses", status))

    @property
    def has_content(self) -> bool:
        """Whether there can be a body at all (RFC 9110 §6.4.1)."""
        return self.exchange.request.method != "HEAD" and self.response.status not in _NO_CONTENT

    @cached_property
    def media(self) -> tuple[str, dict[str, Any]] | None:
        """The Media Type Object of the answer's media type, and its pointer; None likewise."""
        if self.documented is None or not self.has_content:
            return None
        pointer, response = self.documented
        key = _documented_media_type(response.get("content", {}), self.response.media_type)
        return None if key is None else self.schemas.follow(join(pointer, "content", key))

    @cached_property
    def schema(self) -> str | None:
        """The pointer to the schema of a body that is no stream and no binary."""
        if self.media is None or self.is_stream or not self.is_text:
            return None
        pointer, media = self.media
        return join(pointer, "schema") if "schema" in media else None

    @property
    def parameters(self) -> Parameters:
        """The request's parameters in path and query, as text, by place and name."""
        _, path, _ = self.operation.pointer
        return sent_parameters(path, self.exchange.request)

    @property
    def is_text(self) -> bool:
        """Whether the body is text by its media type."""
        media_type = self.response.media_type
        return is_json(media_type) or media_type.startswith("text/")

    @property
    def is_stream(self) -> bool:
        """Whether the answer is a stream of events."""
        return self.response.media_type == EVENT_STREAM

    @cached_property
    def is_framed(self) -> bool:
        """Whether it is a stream that can be read at all."""
        return self.is_stream and not any(framing_faults(self.response.body, whole=False))

    @cached_property
    def values(self) -> tuple[Described, ...]:
        """The JSON values of the answer that have a schema: its body, or the data of its events."""
        return tuple(self._events() if self.is_framed else self._body())

    def _body(self) -> Iterator[Described]:
        if self.schema is None:
            return
        try:
            yield Described(self.schema, decode(self.response), "")
        except ValueError:
            return

    def _events(self) -> Iterator[Described]:
        described = self.media and data_schema(self.schemas, self.media[0])
        if not described or "contentSchema" not in described[1]:
            return
        pointer = join(described[0], "contentSchema")
        events, _ = parse_events(self.response.body.decode("utf-8"))
        for index, event in enumerate(events):
            try:
                yield Described(pointer, read_json(event["data"]), join("", index, "data"))
            except (KeyError, ValueError):
                continue


def _documented_status(responses: dict[str, Any], status: int) -> str | None:
    candidates = (str(status), f"{status // 100}XX", "default")
    return next((candidate for candidate in candidates if candidate in responses), None)


def _documented_media_type(content: dict[str, Any], media_type: str) -> str | None:
    """The key under `content`; a concrete one wins over a range (OAS 3.2 §4.14)."""
    keys = {essence(key): key for key in content}
    candidates = (media_type, media_type.partition("/")[0] + "/*", "*/*")
    return next((keys[candidate] for candidate in candidates if candidate in keys), None)
