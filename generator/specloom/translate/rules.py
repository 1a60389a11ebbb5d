"""What an operation asks for that a generated client can't do, or does less exactly."""

from __future__ import annotations

from typing import Final

from specloom.diagnostics import Rule, Severity

UNSUPPORTED_SECURITY: Final = Rule(
    "GEN001",
    "unsupported-security",
    "an operation can be authenticated only in ways that the client doesn't know",
    "Every alternative of the operation's `security` needs a scheme other than an API key, HTTP "
    "basic or bearer, OAuth 2 or OpenID Connect. A method would send its requests without any.",
)
UNSUPPORTED_PARAMETER: Final = Rule(
    "GEN002",
    "unsupported-parameter",
    "a parameter goes where the client can't send one",
    "Parameters go into the path, the query, headers and cookies. One that is the whole query "
    "string (`in: querystring`) has no argument that could be checked and written for it.",
)
WIDENED: Final = Rule(
    "GEN010",
    "widened",
    "the client offers less than the document says",
    "The method works, but gives bytes where the document says more (JSON lines, or events whose "
    "data is no JSON of one schema), or sends one media type where the document has several.",
    Severity.WARNING,
)

RULES = (UNSUPPORTED_SECURITY, UNSUPPORTED_PARAMETER, WIDENED)
