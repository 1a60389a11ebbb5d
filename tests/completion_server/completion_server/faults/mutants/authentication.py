"""Keys that open what they must not, or don't open what they should."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from completion_server.faults.changes.answers import (
    change_header,
    error,
    has_status,
    replace_answer,
)
from completion_server.faults.changes.requests import change_request, with_header
from completion_server.faults.changes.services import Apps, change_apps
from completion_server.faults.fault import Fault, Wrap, together
from completion_server.faults.operation_ids import (
    COMPLETION,
    EVERY,
    FEEDBACKS,
    INFO,
    RATE,
    UPLOAD,
)
from completion_server.settings import hashed

FREE = secrets.token_hex()


def _words(request: Request) -> list[str]:
    return request.headers.get("authorization", "").split(None, 1)


def _opening_first(request: Request, apps: Apps) -> Apps:
    """Let a key that opens no app open the first."""
    words = _words(request)
    key = hashed(words[-1]) if words else hashed("")
    if any(key in app.keys for app in apps):
        return apps
    first, *others = apps
    return (first.model_copy(update={"keys": (*first.keys, key)}), *others)


def _all_opening_first(_request: Request, apps: Apps) -> Apps:
    first, *others = apps
    every = tuple(key for app in apps for key in app.keys)
    return (
        first.model_copy(update={"keys": every}),
        *(app.model_copy(update={"keys": ()}) for app in others),
    )


def _all_enabled(_request: Request, apps: Apps) -> Apps:
    return tuple(app.model_copy(update={"enabled": True}) for app in apps)


def _key_brought(request: Request) -> Request:
    """Bring a key where the request brings no header."""
    return request if _words(request) else with_header(request, "authorization", f"Bearer {FREE}")


def _header_lost_unless_exact(request: Request) -> Request:
    exact = _words(request)[:1] == ["Bearer"]
    return request if exact else with_header(request, "authorization", None)


def _as_bearer(request: Request) -> Request:
    """Take the last word of the header for a key, whatever is before it."""
    words = _words(request)
    return with_header(request, "authorization", f"Bearer {words[-1]}") if words else request


def _forbidden() -> Response:
    return error(403, "forbidden", "The key is not allowed.")


def _without_key() -> Wrap:
    return together(change_apps(_opening_free), change_request(_key_brought))


def _opening_free(_request: Request, apps: Apps) -> Apps:
    first, *others = apps
    return (first.model_copy(update={"keys": (*first.keys, hashed(FREE))}), *others)


FAULTS = (
    Fault("no-key-accepted", "No key is needed anywhere.", EVERY, _without_key()),
    Fault("no-key-accepted-by-upload", "An upload needs no key.", UPLOAD, _without_key()),
    Fault("wrong-key-accepted", "Any key opens the first app.", EVERY, change_apps(_opening_first)),
    Fault(
        "every-key-opens-one-app",
        "Every app's key opens the first app.",
        RATE | FEEDBACKS | INFO | COMPLETION,
        change_apps(_all_opening_first),
    ),
    Fault(
        "any-scheme-accepted",
        "The scheme may be `Basic`, or missing.",
        EVERY,
        change_request(_as_bearer),
    ),
    Fault(
        "scheme-case-sensitive",
        "`bearer` is refused, for it is no `Bearer`.",
        EVERY,
        change_request(_header_lost_unless_exact),
    ),
    Fault(
        "disabled-app-answers",
        "An app whose API is switched off answers.",
        EVERY,
        change_apps(_all_enabled),
    ),
    Fault(
        "wrong-key-403", "A wrong key is 403.", EVERY, replace_answer(has_status(401), _forbidden)
    ),
    Fault(
        "challenge-missing",
        "A 401 has no `WWW-Authenticate`.",
        EVERY,
        change_header(has_status(401), "www-authenticate", None),
    ),
)
