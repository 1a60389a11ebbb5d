"""What an operation asks for that a generated client can't do, or does less exactly."""

from __future__ import annotations

from typing import Final

from specloom.diagnostics import Rule, Severity

UNSUPPORTED_PARAMETER: Final = Rule(
    "GEN002",
    "unsupported-parameter",
    "a parameter goes where the client can't send one",
    "Parameters go into the path, the query, headers and cookies, or are the whole query. Any "
    "other `in` is unknown to OpenAPI.",
)
WIDENED: Final = Rule(
    "GEN010",
    "widened",
    "the client offers less than the document says",
    "The method works, but text or bytes stand for what the document says more of (XML, a stream "
    "of parts, events of which only some are JSON); or nothing is sent for a security scheme that "
    "the client doesn't know; or a part goes without its headers; or the client's `base_url` "
    "stands for a server whose address is relative to an unknown place; or a type of Python is "
    "wider than a schema (an enum of objects, a tuple); or an optional header is left out, since "
    "no header can have its name. The message says which.",
    Severity.WARNING,
)

# GEN001 was about security schemes; a client is made without them now.
RULES = (UNSUPPORTED_PARAMETER, WIDENED)
