"""Media types, and the ranges that they are in."""

from __future__ import annotations

SEQUENTIAL = {
    "application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines",
    "application/jsonlines", "application/json-seq",
    "application/x-jsonl", "application/stream+json",
}  # fmt: skip


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON."""
    plain = media_type.partition(";")[0].strip().lower()
    return plain in {"application/json", "text/json"} or (
        plain.endswith("+json") and plain not in SEQUENTIAL
    )


def fits_range(media_type: str, range_: str) -> bool:
    """Whether a media type is in a range such as `image/*`; parameters don't matter."""
    kind = media_type.partition(";")[0].strip().lower()
    wanted = range_.partition(";")[0].strip().lower()
    return wanted in {kind, "*/*", "*", kind.partition("/")[0] + "/*"}


def accepted(accept: str | None, media_type: str) -> bool:
    """Whether an `Accept` header allows a media type."""
    return any(
        fits_range(media_type, one) or fits_range(one, media_type)
        for one in (accept or "*/*").split(",")
    )
