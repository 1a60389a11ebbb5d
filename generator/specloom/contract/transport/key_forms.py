"""A key into what it looks like in texts.

Knows nothing of who sends it, nor of what is shown in its place.
"""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus


def key_forms(key: str) -> set[str]:
    """A key as it is, and as JSON, HTML, URLs and base64 hold it."""
    in_urls = {quote(key), quote(key, safe=""), quote_plus(key)}
    return escaped(key) | in_urls | _in_base64(key.encode("utf-8", "surrogateescape"))


def escaped(text: str) -> set[str]:
    """A text as it is, and as JSON and HTML hold it."""
    return {text, json.dumps(text)[1:-1], html.escape(text)}


def _in_base64(content: bytes) -> set[str]:
    """All of it, and as much as does not depend on what stands behind it (RFC 4648 §4, §5)."""
    whole = {b64encode(content).decode(), urlsafe_b64encode(content).decode()}
    return whole | {encoded[: len(content) * 4 // 3] for encoded in whole}
