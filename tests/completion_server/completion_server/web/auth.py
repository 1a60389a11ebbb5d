"""Turns the Authorization header into the app that its key opens, or a 401 or 403."""

import hmac
from collections.abc import Iterable

from completion_server.settings import App, hashed
from completion_server.web.errors import ApiError


def authenticate(authorization: str | None, apps: Iterable[App]) -> App:
    """Find the app whose key the header brings; the scheme may be in any case (row 1)."""
    scheme, token = _split(authorization)
    if scheme.lower() != "bearer":
        raise _unauthorized("Authorization scheme must be 'Bearer'")
    app = _opened_by(token, apps)
    if app is None:
        raise _unauthorized("Access token is invalid")
    if not app.enabled:
        raise ApiError(403, "forbidden", "The app's API service has been disabled.")
    return app


def _split(authorization: str | None) -> tuple[str, str]:
    match (authorization or "").split(None, 1):
        case [scheme, token]:
            return scheme, token
    raise _unauthorized("Authorization header must be provided and start with 'Bearer'")


def _opened_by(token: str, apps: Iterable[App]) -> App | None:
    """Compare with every key, each in constant time, so that time tells nothing of them."""
    found = None
    brought = hashed(token)
    for app in apps:
        for key in app.keys:
            if hmac.compare_digest(brought, key):
                found = app
    return found


def _unauthorized(message: str) -> ApiError:
    return ApiError(401, "unauthorized", message, {"WWW-Authenticate": 'Bearer realm="api"'})
