"""A client of the server under test, whose every error is the server's straying."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dify_completion import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    DifyCompletion,
    EventTooLargeError,
    InvalidArgumentError,
    ResponseValidationError,
    StreamError,
    Timeout,
)
from specloom.contract.recording_transport import RecordingTransport
from specloom.contract.scenario import Skipped, Strayed

from .operations import operation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.scenario import Server

IN_TIME = "answers_in_time"
SUCCESS = "requests_succeed"
SCHEMA = "answers_fit"
WHOLE = "answers_whole"
CHECKS = {
    IN_TIME: "Nothing takes ten seconds but a completion, a minute; no stream is silent for 20.",
    SUCCESS: "What the document allows is not refused.",
    SCHEMA: "An answer is what the document says.",
    WHOLE: "An answer comes to its end.",
}

# A model may think for long, but a stream pings meanwhile; everything else is at hand.
PATIENCE = Timeout(10.0)
COMPLETION_PATIENCE = Timeout(60.0, connect=10.0)
STREAM_PATIENCE = Timeout(20.0, connect=10.0)

UNABLE = {
    "app_unavailable",
    "completion_request_error",
    "model_currently_not_support",
    "provider_not_initialize",
    "provider_quota_exceeded",
    "too_many_requests",
}
"""Codes of errors that say that the app's model can't be asked: nobody is at fault."""


@contextmanager
def open_client(server: Server, key: str | None = None) -> Iterator[DifyCompletion]:
    """Open a client with a key, or the server's. Raises Strayed for what the client raises."""
    client = DifyCompletion(
        api_key=key or server.key or "",
        base_url=server.url,
        transport=RecordingTransport(server),
        timeout=PATIENCE,
        max_retries=0,
        strict=True,
    )
    with client, _straying():
        yield client


@contextmanager
def _straying() -> Iterator[None]:
    try:
        yield
    except InvalidArgumentError:
        raise
    except APIError as error:
        code = getattr(error, "code", None)
        if code in UNABLE:
            raise Skipped(f"the app can't answer now: {code}") from error
        raise Strayed(_check(error), _operation(error), str(error)) from error


def _check(error: APIError) -> str:
    match error:
        case APITimeoutError():
            return IN_TIME
        case APIConnectionError() | EventTooLargeError():
            return WHOLE
        case ResponseValidationError():
            return SCHEMA
        case APIStatusError() | StreamError():
            return SUCCESS
    raise error


def _operation(error: Any) -> str:
    request = getattr(error, "request", None) or error.response.request
    return operation_of(request.method, request.url.path)
