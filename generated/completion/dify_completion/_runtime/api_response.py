"""The value of a call together with the response that it was read from.

A call leaves its response in the recording around it, if there is one: threads and tasks have
their own. Knows nothing of how a call is made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from .errors import APIError
from .transport import Headers, Response

T = TypeVar("T")
Recorded: TypeAlias = list[tuple[Response, int]]
"""Responses, each with the number of its tries."""
_recording: ContextVar[Recorded | None] = ContextVar("recording", default=None)


@dataclass(frozen=True)
class APIResponse(Generic[T]):
    """What a call gave, and the response itself.

    `tries` is how often the request was sent: once, and once for each retry.
    """

    value: T
    status_code: int
    headers: Headers
    response: Response
    tries: int


@contextmanager
def recording() -> Iterator[Recorded]:
    """Give the list to which the calls made within add their responses, as to one around it."""
    recorded: Recorded = []
    outer = _recording.get()
    token = _recording.set(recorded)
    try:
        yield recorded
    finally:
        _recording.reset(token)
        if outer is not None:
            outer.extend(recorded)


def record(response: Response, tries: int) -> None:
    """Keep a response and the number of its tries for whom it is recorded."""
    if (recorded := _recording.get()) is not None:
        recorded.append((response, tries))


def joined(value: T, recorded: Recorded) -> APIResponse[T]:
    """Join a value to the last response recorded; APIError if there is none."""
    if not recorded:
        raise APIError("no response was seen; a stream has a `response` of its own")
    response, tries = recorded[-1]
    return APIResponse(value, response.status_code, response.headers, response, tries)
