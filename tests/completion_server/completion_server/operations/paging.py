"""Turns `page` and `limit` of a query into numbers within their bounds, or 400."""

import re
from collections.abc import Mapping

from completion_server.dialects import BadArgument

PAYLOAD = "FeedbackListQuery"
LARGEST_LIMIT = 101
# What any database takes for an offset; nothing is kept so far back.
LARGEST_OFFSET = 2**62
INTEGER = re.compile(r"\s*[+-]?[0-9]{1,4000}\s*")


def read_paging(query: Mapping[str, str]) -> tuple[int, int]:
    """Give offset and limit by `page` (from 1, default 1) and `limit` (1 to 101, default 20)."""
    page = _at_least_one("page", query.get("page", "1"))
    text = query.get("limit", "20")
    limit = _at_least_one("limit", text)
    if limit > LARGEST_LIMIT:
        raise BadArgument(PAYLOAD, "limit", text, "too_large", (1, LARGEST_LIMIT))
    return min((page - 1) * limit, LARGEST_OFFSET), limit


def _at_least_one(field: str, text: str) -> int:
    if not INTEGER.fullmatch(text):
        raise BadArgument(PAYLOAD, field, text, "integer")
    number = int(text)
    if number < 1:
        raise BadArgument(PAYLOAD, field, text, "too_small", (1, LARGEST_LIMIT))
    return number
