"""The parameters of a request into values by place and name (OAS 3.2 §4.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from .texts import WrongTextError, strict_json, value_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from .document import Document
    from .routes import Operation, Route

_IGNORED_HEADERS = {"accept", "content-type", "authorization"}


def read_parameters(
    document: Document, operation: Operation, route: Route, request: Request
) -> dict[str, Any]:
    """The parameters by name. Raises WrongTextError if one is missing or not as its schema says."""
    values = {}
    for parameter in operation.parameters:
        texts = _texts(parameter, route, request)
        if texts:
            values[parameter["name"]] = _value(document, parameter, texts)
        elif parameter.get("required") and not _is_ignored(parameter):
            raise WrongTextError
    return values


def _texts(parameter: dict[str, Any], route: Route, request: Request) -> list[str]:
    name = parameter["name"]
    if parameter["in"] == "path":
        return [route.texts[name]]
    if parameter["in"] == "query":
        query = request.url.query
        return parse_qs(query, keep_blank_values=True, errors="replace").get(name, [])
    if parameter["in"] == "header":
        return [] if _is_ignored(parameter) else request.headers.getlist(name)
    return [request.cookies[name]] if name in request.cookies else []


def _is_ignored(parameter: dict[str, Any]) -> bool:
    return parameter["in"] == "header" and parameter["name"].lower() in _IGNORED_HEADERS


def _value(document: Document, parameter: dict[str, Any], texts: list[str]) -> Any:
    if "content" in parameter:
        return _content(document, parameter, texts)
    style = parameter.get("style", "form" if parameter["in"] in {"query", "cookie"} else "simple")
    explode = parameter.get("explode", style == "form")
    return value_of(document, parameter["schema"], texts, explode=explode)


def _content(document: Document, parameter: dict[str, Any], texts: list[str]) -> Any:
    (described,) = parameter["content"].values()
    try:
        value = strict_json(texts[0])
    except ValueError:
        raise WrongTextError from None
    if len(texts) > 1 or not document.is_valid(described.get("schema", True), value):
        raise WrongTextError
    return value
