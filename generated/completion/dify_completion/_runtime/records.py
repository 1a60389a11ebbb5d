"""Chunks of bytes, turned into the records of a stream of JSON: lines, or a text sequence.

A line ends with LF. In a sequence, each record begins with RS and ends with LF (RFC 7464).
"""

from pydantic_core import from_json

from .errors import EventTooLargeError
from .sse import MAX_EVENT_SIZE

_BLANKS = b"\x1e \t\r\n"


class RecordParser:
    """Takes the chunks of one stream, cut anywhere, and gives the records that are whole."""

    def __init__(self, separator: bytes) -> None:
        self._separator = separator
        self._pending = bytearray()

    def feed(self, chunk: bytes) -> list[tuple[bytes, bytes]]:
        """Give each record that the chunk completes, without a name.

        EventTooLargeError if what is left is past the bound.
        """
        self._pending += chunk
        end = self._pending.rfind(self._separator, len(self._pending) - len(chunk)) + 1
        # A record of a sequence is not held back until the next begins.
        if self._pending[end:].endswith(b"\n") and _is_json(self._pending[end:]):
            end = len(self._pending)
        whole = bytes(self._pending[:end])
        del self._pending[:end]
        if len(self._pending) > MAX_EVENT_SIZE:
            raise EventTooLargeError(f"an event is larger than {MAX_EVENT_SIZE} bytes")
        records = (part.strip(_BLANKS) for part in whole.split(self._separator))
        return [(b"", record) for record in records if record]

    def is_within_event(self) -> bool:
        """Whether a record has begun that isn't whole."""
        return bool(self._pending.strip(_BLANKS)) and not _is_json(self._pending)


def _is_json(record: bytes | bytearray) -> bool:
    try:
        from_json(bytes(record.strip(_BLANKS)))
    except ValueError:
        return False
    return True
