"""The security that a document asks for into whether a request shows it (OAS 3.2 §4.27, §4.30)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from .parameters import cookie_pairs, query_pairs

if TYPE_CHECKING:
    from .files import Files
    from .operations import Operation
    from .request import Request


def keys(files: Files) -> dict[str, str]:
    """A key for each scheme by its name."""
    components = files.root.value.get("components") or {}
    return {name: f"key:{i}" for i, name in enumerate(components.get("securitySchemes") or {})}


def is_shown(files: Files, operation: Operation, request: Request) -> bool:
    """Whether one of the alternatives is met."""
    alternatives = operation.value.get("security", files.root.value.get("security")) or []
    known = keys(files)
    return not alternatives or any(
        all(name in known and _holds(files, name, known[name], request) for name in alternative)
        for alternative in alternatives
    )


def _holds(files: Files, name: str, key: str, request: Request) -> bool:
    scheme: dict[str, Any] = files.follow(
        files.root.at("components", "securitySchemes", name)
    ).value
    kind = str(scheme.get("type"))
    if kind == "apiKey":
        return _api_key(scheme, request) == key
    if kind == "http" and str(scheme.get("scheme")).lower() == "basic":
        key = base64.b64encode(key.encode()).decode()
        return request.header("authorization") == f"Basic {key}"
    if kind == "mutualTLS":
        return True
    if kind == "http" and str(scheme.get("scheme")).lower() != "bearer":
        return key in (request.header("authorization") or "")
    return request.header("authorization") == f"Bearer {key}"


def _api_key(scheme: dict[str, Any], request: Request) -> str | None:
    place, name = scheme.get("in"), str(scheme.get("name"))
    if place == "header":
        return request.header(name)
    pairs = query_pairs(request) if place == "query" else cookie_pairs(request)
    return next((unquote_plus(value) for key, value in pairs if unquote_plus(key) == name), None)
