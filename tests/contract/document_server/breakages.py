"""Faults of a server by name, for checks to find; each spoils one thing and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable

UNDOCUMENTED_STATUS: Final = 299
LONG: Final = 4000

_LENGTH: Final = "content-length"

IGNORES_KEY: Final = "ignores_key"
NO_CHALLENGE: Final = "no_challenge"
ACCEPTS_ANYTHING: Final = "accepts_anything"
REFUSES_RIGHT: Final = "refuses_right"
ANY_METHOD: Final = "any_method"
FORGETS_CREATED: Final = "forgets_created"
KEEPS_DELETED: Final = "keeps_deleted"
CRASHES_ON_LONG_TEXT: Final = "crashes_on_long_text"


def spoiled(name: str, response: Response) -> Response:
    """A success as a breakage leaves it; most leave it alone."""
    is_success = response.status_code // 100 == 2
    return _SPOILERS[name](response) if name in _SPOILERS and is_success else response


def has_long_text(value: Any) -> bool:
    """Whether there is a text in a value that is longer than some servers like."""
    if isinstance(value, dict):
        return any(map(has_long_text, value.values()))
    if isinstance(value, list):
        return any(map(has_long_text, value))
    return isinstance(value, str) and len(value) > LONG


def _wrong_status(response: Response) -> Response:
    response.status_code = UNDOCUMENTED_STATUS
    return response


def _wrong_media_type(response: Response) -> Response:
    response.headers["content-type"] = "text/html"
    return response


def _missing_header(response: Response) -> Response:
    for name in [name for name in response.headers if name.startswith("x-")]:
        del response.headers[name]
    return response


def _broken_image(response: Response) -> Response:
    if response.headers.get("content-type", "").startswith("image/"):
        return Response(b"no image", response.status_code, media_type="image/png")
    return response


def _in_json(change: Callable[[dict[str, Any]], None]) -> Callable[[Response], Response]:
    def spoil(response: Response) -> Response:
        if "json" not in response.headers.get("content-type", ""):
            return response
        value = json.loads(bytes(response.body))
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                change(one)
        headers = {name: response.headers[name] for name in response.headers if name != _LENGTH}
        return Response(json.dumps(value), response.status_code, headers)

    return spoil


def _lose_fields(value: dict[str, Any]) -> None:
    value.clear()


def _retype_fields(value: dict[str, Any]) -> None:
    value.update({name: [] if isinstance(item, str) else "text" for name, item in value.items()})


def _add_field(value: dict[str, Any]) -> None:
    value["leaked"] = "text"


_SPOILERS: Final = {
    "wrong_status": _wrong_status,
    "wrong_media_type": _wrong_media_type,
    "missing_header": _missing_header,
    "broken_image": _broken_image,
    "missing_field": _in_json(_lose_fields),
    "wrong_type": _in_json(_retype_fields),
    "undeclared_field": _in_json(_add_field),
}

NAMES: Final = (
    *_SPOILERS,
    IGNORES_KEY,
    NO_CHALLENGE,
    ACCEPTS_ANYTHING,
    REFUSES_RIGHT,
    ANY_METHOD,
    FORGETS_CREATED,
    KEEPS_DELETED,
    CRASHES_ON_LONG_TEXT,
)
