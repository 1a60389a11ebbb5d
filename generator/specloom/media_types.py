"""Media types as text into what they are: without parameters, and whether they are JSON.

Knows nothing of documents.
"""

from __future__ import annotations


def essence(media_type: str) -> str:
    """A media type without its parameters (RFC 9110 §8.3.1)."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON or built on it (RFC 6839 §3.1)."""
    kind = essence(media_type)
    if kind == "application/stream+json":  # many, line by line
        return False
    return kind in {"application/json", "text/json"} or kind.endswith("+json")
