"""Streams: their media types, the text of one into its events, and the order that these must keep.

Events are framed by WHATWG HTML §9.2.6; `x-event-stream`, described in the README, orders them.
Knows nothing of schemas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from .media_types import essence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

EVENT_STREAM: Final = "text/event-stream"
# JSON after JSON, by what separates them: those of OAS 3.2 §4.14.3, and names that are in use.
_SEPARATORS: Final = {
    "application/jsonl": "\n",
    "application/x-jsonl": "\n",
    "application/jsonlines": "\n",
    "application/x-jsonlines": "\n",
    "application/json-lines": "\n",
    "application/ndjson": "\n",
    "application/x-ndjson": "\n",
    "application/stream+json": "\n",
    "application/json-seq": "\x1e",
}
_SEQUENCE: Final = "+json-seq"

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


def sequential_kind(media_type: str) -> str | None:
    """The plain name of a sequential media type (OAS 3.2 §4.14.3); None for any other."""
    plain = essence(media_type)
    is_known = plain in (EVENT_STREAM, *_SEPARATORS) or plain.endswith(_SEQUENCE)
    return plain if is_known else None


def separator(kind: str) -> str:
    """What stands between the items of a sequential media type; nothing, if they are events.

    LF, or RS of a JSON text sequence (RFC 7464, and RFC 8091 for its suffix).
    """
    return "" if kind == EVENT_STREAM else _SEPARATORS.get(kind, "\x1e")


def parse_events(text: str) -> tuple[list[dict[str, Any]], str]:
    """The events, each with the fields that it has, and what is left behind the last blank line.

    Events without data, which a browser drops, are kept: keep-alives are such.
    """
    *blocks, rest = re.split(r"(?<=\n)\n+", _LINE_END.sub("\n", text.removeprefix("\ufeff")))
    return [event for block in blocks if (event := _event(block))], rest


def _event(block: str) -> dict[str, Any]:
    event: dict[str, Any] = {}
    for line in block.split("\n"):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            event["data"] = f"{event['data']}\n{value}" if "data" in event else value
        elif name in {"event", "id"}:
            event[name] = value
        elif name == "retry" and value.isdecimal():
            event["retry"] = int(value)
    return event


def order_faults(values: Sequence[Any], rules: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the order of a stream's events, keep-alives left out.

    Each rule of `x-event-stream` counts only where it is given.
    """
    if "tag" in rules and "ends" in rules:
        tags = [_field(value, rules["tag"]) for value in values]
        yield from _end_faults(tags, rules)
    for name in rules.get("constant", ()):
        seen = {str(value[name]) for value in values if isinstance(value, dict) and name in value}
        if len(seen) > 1:
            yield f"`{name}` changes within the stream"


def _end_faults(tags: list[Any], rules: Mapping[str, Any]) -> Iterator[str]:
    ends = rules["ends"]
    end = next((index for index, tag in enumerate(tags) if tag in ends), None)
    if end is None:
        yield f"the stream stops without {' or '.join(map(repr, ends))}"
        return
    after_end = () if tags[end] == rules.get("error") else rules.get("after-end", ())
    late = [tag for tag in tags[end + 1 :] if tag not in after_end]
    yield from (f"{tag!r} comes after {tags[end]!r}" for tag in late)


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
