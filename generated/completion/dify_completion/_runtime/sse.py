"""Chunks of bytes, turned into the events of an event stream by WHATWG's framing (HTML §9.2.6).

An event is its name and its data, both as bytes: what they mean is not known here.
"""

from itertools import takewhile

from .errors import EventTooLargeError

MAX_EVENT_SIZE = 16 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


class EventParser:
    """Takes the chunks of one stream, cut anywhere, and gives the events that are whole."""

    def __init__(self, max_event_size: int = MAX_EVENT_SIZE) -> None:
        self._max_event_size = max_event_size
        self._pending = bytearray()
        self._bom = _BOM  # until the first event is whole
        self._after_cr = False
        self._is_too_large = False

    def feed(self, chunk: bytes) -> list[tuple[bytes, bytes]]:
        """Give name and data of each event that the chunk completes.

        EventTooLargeError for one past the bound, once those before it were given.
        """
        if b"\r" in chunk or (self._after_cr and chunk):  # a CRLF may be cut in half
            chunk = chunk.removeprefix(b"\n") if self._after_cr else chunk
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        events = [] if self._is_too_large else _events(self._whole(chunk))
        if events or not self._is_too_large:
            return events
        raise EventTooLargeError(f"an event is larger than {self._max_event_size} bytes")

    def is_within_event(self) -> bool:
        """Whether an event has begun that isn't whole; EventTooLargeError, as of one more chunk."""
        self.feed(b"")
        return _parse(bytes(self._pending.removeprefix(self._bom))) is not None

    def _whole(self, chunk: bytes) -> bytes:
        """Give what is ended by a blank line, and keep the rest for later."""
        searched = max(len(self._pending) - 1, 0)
        self._pending += chunk
        end = self._pending.rfind(b"\n\n", searched)
        whole = bytes(self._pending[: max(end, 0)]).removeprefix(self._bom)
        if end >= 0:
            del self._pending[: end + 2]
            self._bom = b""
        self._is_too_large = len(self._pending) > self._max_event_size
        return whole if len(whole) <= self._max_event_size else self._before_too_large(whole)

    def _before_too_large(self, whole: bytes) -> bytes:
        blocks = whole.split(b"\n\n")
        given = list(takewhile(lambda block: len(block) <= self._max_event_size, blocks))
        self._is_too_large |= len(given) < len(blocks)
        return b"\n\n".join(given)


def _events(whole: bytes) -> list[tuple[bytes, bytes]]:
    if whole.startswith(b"data: "):
        data = whole[6:].split(b"\n\ndata: ")
        # No line ends but those: each event is one line of data, and is not looked at further.
        if whole.count(b"\n") == 2 * (len(data) - 1):
            return [(b"", line) for line in data]
    return [event for block in whole.split(b"\n\n") if (event := _parse(block))]


def _parse(block: bytes) -> tuple[bytes, bytes] | None:
    """Read the fields of one event; None if it has no data, and so isn't one."""
    name, data = b"", []
    for line in block.split(b"\n"):
        field, _, value = line.partition(b":")
        if field == b"data":
            data.append(value.removeprefix(b" "))
        elif field == b"event":
            name = value.removeprefix(b" ")
    return (name, b"\n".join(data)) if data else None
