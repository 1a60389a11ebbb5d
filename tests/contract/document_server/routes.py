"""A method and a path into the operation that they address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from .document import Document

_METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


@dataclass(frozen=True)
class Operation:
    """An operation: its method, its path template, and what it and its path item say."""

    method: str
    template: str
    value: dict[str, Any]
    parameters: list[dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """A path template with its operations by method, and the texts in the path as sent."""

    template: str
    operations: dict[str, Operation]
    texts: dict[str, str]


def operations(document: Document) -> dict[str, dict[str, Operation]]:
    """The operations by path template and method."""
    return {
        template: {
            method.upper(): _operation(document, method.upper(), template, item)
            for method in _METHODS
            if method in item
        }
        for template, item in document.tree["paths"].items()
    }


def base_path(document: Document) -> str:
    """The path of the first server's URL, without a slash at its end."""
    servers = document.tree.get("servers") or [{"url": "/"}]
    path: str = urlsplit(servers[0]["url"]).path
    return path.rstrip("/")


def find(known: dict[str, dict[str, Operation]], path: str) -> Route | None:
    """The most concrete template that a path, still escaped, fits."""
    found = []
    for template, by_method in known.items():
        names = re.findall(r"\{([^{}]+)\}", template)
        parts = (re.escape(part) for part in re.split(r"\{[^{}]+\}", template))
        match = re.fullmatch("([^/]+)".join(parts), path)
        if match:
            texts = dict(zip(names, map(unquote, match.groups()), strict=True))
            found.append(Route(template, by_method, texts))
    return min(found, key=lambda route: len(route.texts), default=None)


def _operation(document: Document, method: str, template: str, item: dict[str, Any]) -> Operation:
    value = item[method.lower()]
    listed = [*item.get("parameters", []), *value.get("parameters", [])]
    followed = [document.follow(parameter) for parameter in listed]
    unique = {(one["in"], one["name"]): one for one in followed}
    return Operation(method, template, value, list(unique.values()))
