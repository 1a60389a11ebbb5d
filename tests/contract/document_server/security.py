"""Whether a request may be answered: the key where a security scheme wants it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.requests import Request

    from .document import Document
    from .routes import Operation

_CHALLENGES = {"basic": 'Basic realm="document"', "bearer": "Bearer", "apikey": "ApiKey"}


def challenges(document: Document, operation: Operation, request: Request, key: str) -> list[str]:
    """What to ask for (RFC 9110 §11.6.1); nothing if the request may be answered."""
    requirements = operation.value.get("security", document.tree.get("security", []))
    asked = [[_scheme(document, name) for name in required] for required in requirements]
    if not asked or any(all(_holds(one, request, key) for one in schemes) for schemes in asked):
        return []
    return list(dict.fromkeys(_CHALLENGES[_kind(one)] for schemes in asked for one in schemes))


def _scheme(document: Document, name: str) -> dict[str, Any]:
    scheme: dict[str, Any] = document.follow(document.tree["components"]["securitySchemes"][name])
    return scheme


def _kind(scheme: dict[str, Any]) -> str:
    if scheme["type"] == "http":
        return str(scheme["scheme"]).lower()
    return "apikey" if scheme["type"] == "apiKey" else "bearer"


def _holds(scheme: dict[str, Any], request: Request, key: str) -> bool:
    kind = _kind(scheme)
    if kind in {"basic", "bearer"}:
        name, _, sent = request.headers.get("authorization", "").partition(" ")
        wanted = base64.b64encode(key.encode()).decode() if kind == "basic" else key
        return name.lower() == kind and sent.lstrip(" ") == wanted
    name = scheme["name"]
    if scheme["in"] == "header":
        return request.headers.get(name) == key
    if scheme["in"] == "query":
        return request.query_params.getlist(name) == [key]
    return request.cookies.get(name) == key
