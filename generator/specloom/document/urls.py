"""Which texts are URLs that can be fetched; apart from the fetching, which is slow to import."""

from __future__ import annotations


def is_url(text: str) -> bool:
    """Whether a text is a URL that can be fetched."""
    return text.lower().startswith(("http://", "https://"))
