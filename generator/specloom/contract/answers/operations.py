"""A method and a path as sent into the operation of the document that they address.

Knows nothing of answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from specloom.document.walk import METHODS

if TYPE_CHECKING:
    from specloom.contract.exchanges.exchange import Request


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the document; `pointer` is its own in the document, as tokens."""

    id: str
    pointer: tuple[str, ...]
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Addressed:
    """The operation that a request addresses, and its parameters as text, as sent."""

    operation: Operation
    path: dict[str, str]
    query: dict[str, str]


def operations(tree: dict[str, Any]) -> dict[str, Operation]:
    """The operations of a document by `POST /path`; without an id they are called by that."""
    return {
        label: Operation(
            item[method].get("operationId", label), ("paths", path, method), item[method]
        )
        for path, item in tree.get("paths", {}).items()
        for method in METHODS
        if method in item
        for label in (f"{method.upper()} {path}",)
    }


def find_operation(tree: dict[str, Any], request: Request) -> Addressed | None:
    """The operation that a request addresses; the most concrete path wins (OAS 3.2 §4.8.2)."""
    try:
        target = urlsplit(request.target)
    except ValueError:
        return None  # no URL at all, such as `//[x`
    found = []
    for base in base_paths(tree):
        for label, operation in operations(tree).items():
            method, _, template = label.partition(" ")
            if method != request.method.upper():
                continue
            match = re.fullmatch(re.escape(base) + _pattern(template), target.path)
            if match:
                values = zip(_names(template), map(unquote, match.groups()), strict=True)
                query = dict(parse_qsl(target.query, keep_blank_values=True))
                found.append(Addressed(operation, dict(values), query))
    return min(found, key=lambda addressed: len(addressed.path), default=None)


def sent_parameters(template: str, request: Request) -> dict[tuple[str, str], str]:
    """A request's parameters in path and query, as text, wherever the path is served."""
    try:
        target = urlsplit(request.target)
    except ValueError:
        return {}
    match = re.search(f"{_pattern(template)}$", target.path)
    groups = match.groups() if match else ()
    path = zip(_names(template), map(unquote, groups), strict=False)
    query = parse_qsl(target.query, keep_blank_values=True)
    return {
        **{("path", name): value for name, value in path},
        **{("query", name): value for name, value in query},
    }


def base_paths(tree: dict[str, Any]) -> list[str]:
    """The path of each server's URL, with its variables' defaults, without a slash at the end."""
    return [_base_path(server) for server in tree.get("servers", [])] or [""]


def _base_path(server: dict[str, Any]) -> str:
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace("{" + name + "}", str(variable["default"]))
    return urlsplit(url).path.rstrip("/")


def _names(template: str) -> list[str]:
    return re.findall(r"\{([^{}]+)\}", template)


def _pattern(template: str) -> str:
    parts = re.split(r"\{[^{}]+\}", template)
    return "([^/]+)".join(re.escape(part) for part in parts)
