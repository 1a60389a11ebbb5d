"""Turns what an endpoint says of a failure into a ModelError of Dify's kinds.

The endpoint's own message is kept, in at most 500 characters, and without the key.
"""

import json
from typing import Any

from completion_server.models.model import ModelError

LONGEST_MESSAGE = 500
STATUSES = {str(status) for status in range(400, 600)}
# The status that an error would have had, had it come before the answer began.
STATUS_OF_CODE = {
    "authentication_error": 401,
    "invalid_api_key": 401,
    "insufficient_quota": 429,
    "invalid_request_error": 400,
    "model_not_found": 404,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
}


def failure_answered(status: int, body: bytes, key: str | None) -> ModelError:
    """Give the failure that a response other than a success tells of."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    error = (answer.get("error") or answer) if isinstance(answer, dict) else None
    said = _message(error) or f"The endpoint answered with status {status}."
    return _failure(_kind(status, _codes(error)), said, key, f"status {status}")


def failure_told(error: Any, key: str | None) -> ModelError:
    """Give the failure that an `error` member tells of, though the response was a success."""
    codes = _codes(error)
    known = (STATUS_OF_CODE[code] for code in codes if code in STATUS_OF_CODE)
    numbers = (int(code) for code in codes if code in STATUSES)
    status = next(known, None) or next(numbers, 500)
    said = _message(error) or "The endpoint told of an error."
    return _failure(_kind(status, codes), said, key, "an error in the answer")


def unreached(message: str) -> ModelError:
    """Give the failure of a connection."""
    return ModelError("InvokeConnectionError", message, message)


def malformed(message: str) -> ModelError:
    """Give the failure of an endpoint that answers something else than a chat completion."""
    return ModelError("InvokeServerUnavailableError", message, message)


def _kind(status: int, codes: list[str]) -> str:
    if status in {401, 403}:
        return "InvokeAuthorizationError"
    if status == 402 or "insufficient_quota" in codes:
        return "QuotaExceededError"
    if status == 404 and "model_not_found" in codes:
        return "ModelCurrentlyNotSupportError"
    if status == 429:
        return "InvokeRateLimitError"
    return "InvokeServerUnavailableError" if status >= 500 else "InvokeBadRequestError"


def _failure(kind: str, said: str, key: str | None, reason: str) -> ModelError:
    if kind == "InvokeAuthorizationError":
        return ModelError(kind, "Incorrect API key provided", reason)
    safe = said.replace(key, "***") if key else said
    return ModelError(kind, " ".join(safe.split())[:LONGEST_MESSAGE], reason)


def _codes(error: Any) -> list[str]:
    if not isinstance(error, dict):
        return []
    return [str(error[name]) for name in ("code", "type", "status") if error.get(name)]


def _message(error: Any) -> str:
    told = error.get("message") or error.get("detail") if isinstance(error, dict) else error
    return told if isinstance(told, str) else ""
