"""Chunks of bytes, turned into the events of an event stream by WHATWG's framing (HTML §9.2.6).

An event is its name and its data, both as bytes: what they mean is not known here.
"""

from .errors import EventTooLargeError

MAX_EVENT_SIZE = 16 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


class EventParser:
    """Takes the chunks of one stream, cut anywhere, and gives the events that are whole."""

    def __init__(self, max_event_size: int = MAX_EVENT_SIZE) -> None:
        self._max_event_size = max_event_size
        self._pending = bytearray()
        self._at_start = True
        self._after_cr = False

    def feed(self, chunk: bytes) -> list[tuple[bytes, bytes]]:
        """Give name and data of each event that the chunk completes; EventTooLargeError."""
        if b"\r" in chunk or (self._after_cr and chunk):
            chunk = self._with_line_feeds(chunk)
        return _events(self._whole(chunk))

    def is_within_event(self) -> bool:
        """Whether an event has begun that isn't whole."""
        return _parse(bytes(self._pending)) is not None

    def _with_line_feeds(self, chunk: bytes) -> bytes:
        """Write every line end as LF, also a CRLF that is cut in half."""
        if self._after_cr:
            chunk = chunk.removeprefix(b"\n")
        self._after_cr = chunk.endswith(b"\r")
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _whole(self, chunk: bytes) -> bytes:
        """Give what is ended by a blank line, and keep the rest for later."""
        whole = blank_line = b""
        if self._pending and not self._completes(chunk):
            self._pending += chunk
        else:
            whole, blank_line, rest = (bytes(self._pending) + chunk).rpartition(b"\n\n")
            self._pending = bytearray(rest)
        if len(self._pending) > self._max_event_size:
            raise EventTooLargeError(f"an event is larger than {self._max_event_size} bytes")
        if blank_line and self._at_start:
            whole = whole.removeprefix(_BOM)
            self._at_start = False
        return whole

    def _completes(self, chunk: bytes) -> bool:
        """Whether a blank line ends what is pending; only the chunk is searched for it."""
        return b"\n\n" in chunk or (chunk.startswith(b"\n") and self._pending.endswith(b"\n"))


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
