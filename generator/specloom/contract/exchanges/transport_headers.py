"""Header fields into those that were meant: what any client or connection adds is left out.

Knows nothing of what the others say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .exchange import Headers

_ADDED: Final = {
    "accept-encoding",
    "connection",
    "content-length",
    "date",
    "host",
    "keep-alive",
    "transfer-encoding",
    "user-agent",
    "x-schemathesis-testcaseid",
}
_ANYTHING: Final = ("accept", "*/*")


def meant(headers: Headers) -> dict[str, str]:
    """The fields that say something of the request or the answer itself."""
    return {
        name: value
        for name, value in headers.items()
        if name not in _ADDED and (name, value) != _ANYTHING
    }
