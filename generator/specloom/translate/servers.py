"""Servers into the base URL that a client starts from (OAS 3.2 §4.6)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit


def base_url(servers: list[dict[str, Any]] | None) -> str | None:
    """The first server's URL with its variables' defaults; None if it is not absolute."""
    if not servers:
        return None
    variables = servers[0].get("variables", {})
    url = re.sub(
        r"\{([^{}]+)\}",
        lambda match: str(variables.get(match[1], {}).get("default", "")),
        servers[0]["url"],
    )
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url.rstrip("/") if parts.scheme in {"http", "https"} and parts.netloc else None
