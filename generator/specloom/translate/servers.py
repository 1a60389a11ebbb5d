"""Servers into the base URL that a client starts from (OAS 3.2 §4.6)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def base_url(servers: Any, document_url: str = "") -> str | None:
    """The first URL that is whole once its variables have their defaults; None if none is.

    A relative one is taken from the document's own URL. Query and fragment don't belong to it.
    """
    found = (_url(server, document_url) for server in servers or ())
    return next((url for url in found if url), None)


def _url(server: dict[str, Any], document_url: str) -> str | None:
    variables = server.get("variables") or {}
    url = _VARIABLE.sub(lambda match: _value(variables.get(match[1])) or match[0], server["url"])
    try:
        parts = urlsplit(urljoin(document_url, url.strip()))
        is_whole = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        return None
    if not is_whole or parts.username is not None or "{" in url or "}" in url:
        return None
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def _value(variable: Any) -> str:
    """What a variable is by default; the first of its values if it doesn't say."""
    said = variable if isinstance(variable, dict) else {}
    return str(said.get("default", next(iter(said.get("enum") or ()), "")))
