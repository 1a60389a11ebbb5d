"""Why a contract test could not be made at all."""

from __future__ import annotations

from specloom.diagnostics import Rule

NOT_SERVED = Rule(
    "CON030",
    "not-served",
    "the server to test can't be started",
    "Without a URL, the command that `[contract] serve` gives is run, and must answer soon.",
    exit_status=2,
)
UNREACHABLE = Rule(
    "CON031",
    "unreachable-server",
    "the server to test doesn't answer",
    "The URL must be the base URL of a server that runs; the document's paths come after it.",
    exit_status=2,
)
NO_SCHEME = Rule(
    "CON032",
    "no-security-scheme",
    "the document has no place for a key",
    "A key was given, but no security scheme of the document says which header carries it.",
    exit_status=2,
)
UNWRITABLE_REPORT = Rule(
    "CON033",
    "unwritable-report",
    "the folder for the reports can't be written",
    "The folder that `--report` names must be one that can be made and written.",
    exit_status=2,
)
UNKNOWN_CHOICE = Rule(
    "CON035",
    "unknown-choice",
    "an operation that was asked for is not in the document",
    "`--only` and `--skip` take an operationId, a tag, or a pattern such as `GET /messages/*`; "
    "together they must leave something to test.",
    exit_status=2,
)

RULES = (NOT_SERVED, UNREACHABLE, NO_SCHEME, UNWRITABLE_REPORT, UNKNOWN_CHOICE)
