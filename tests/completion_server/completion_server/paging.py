"""Turns `page` and `limit` of a query into numbers within their bounds, or 400."""

import re
from collections.abc import Mapping

from completion_server.errors import invalid_field

PAYLOAD = "FeedbackListQuery"
LARGEST_LIMIT = 101
INTEGER = re.compile(r"\s*[+-]?[0-9]{1,4000}\s*")


def read_paging(query: Mapping[str, str]) -> tuple[int, int]:
    """Give page (from 1, default 1) and limit (1 to 101, default 20)."""
    page = _at_least_one("page", query.get("page", "1"))
    text = query.get("limit", "20")
    limit = _at_least_one("limit", text)
    if limit > LARGEST_LIMIT:
        rule = f"Input should be less than or equal to {LARGEST_LIMIT}"
        raise invalid_field(PAYLOAD, "limit", text, "less_than_equal", rule)
    return page, limit


def _at_least_one(field: str, text: str) -> int:
    if not INTEGER.fullmatch(text):
        rule = "Input should be a valid integer, unable to parse string as an integer"
        raise invalid_field(PAYLOAD, field, text, "int_parsing", rule)
    number = int(text)
    if number < 1:
        rule = "Input should be greater than or equal to 1"
        raise invalid_field(PAYLOAD, field, text, "greater_than_equal", rule)
    return number
