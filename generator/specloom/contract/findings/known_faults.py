"""A server's own faults, known and not promised: reading them, and what they explain.

Recordings and live runs share the file. Knows nothing of the document.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from specloom.contract.answers.contract import CHECKS
from specloom.contract.exchanges.exchange import decode, read_json
from specloom.diagnostics import Collector, Location, Rule, Severity
from specloom.document.load import load
from specloom.document.pointer import join

from .cause import is_at

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.contract.answers.operations import Addressed
    from specloom.contract.exchanges.exchange import Exchange

BAD_FAULT = Rule(
    "CON020",
    "bad-known-fault",
    "the file of known faults says something that it can't",
    "The file has a list `faults`; each names operation, versions, status, media type and reason, "
    "and may describe the request and the body by JSON Schema. `checks` names what may fail for "
    "it, and `at` where in the answer; a check of authorization or of a sequence of requests is "
    "never excused. `expires` is a date, such as 2027-01-31.",
    exit_status=2,
)
EXPIRED_FAULT = Rule(
    "CON027",
    "expired-known-fault",
    "a known fault excuses nothing any more",
    "The day that its `expires` names is over. Mend the server, or say anew how long to bear it.",
    severity=Severity.WARNING,
)

RULES = (BAD_FAULT, EXPIRED_FAULT)

ANSWER_CHECKS: Final = tuple(CHECKS)
"""What a known fault explains unless it says otherwise: that an answer breaks the document."""

_EXPLAINABLE: Final = (
    *ANSWER_CHECKS,
    "negative_data_rejection",
    "positive_data_acceptance",
    "media_type_rejection",
    "malformed_body_rejection",
)

_SCHEMA: Final = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
_FILE: Final = jsonschema_rs.Draft202012Validator(
    {
        "type": "object",
        "required": ["faults"],
        "additionalProperties": False,
        "properties": {
            "faults": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["operation", "version", "status", "content-type", "reason"],
                    "additionalProperties": False,
                    "properties": {
                        "operation": {"type": "string"},
                        "version": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                        "status": {"type": "integer"},
                        "content-type": {"type": "string"},
                        "request": _SCHEMA,
                        "body": _SCHEMA,
                        "checks": {"type": "array", "items": {"enum": list(_EXPLAINABLE)}},
                        "at": {"type": "string", "pattern": "^/"},
                        "expires": {"type": "string", "format": "date"},
                        "row": {"type": "integer"},
                        "reason": {"type": "string", "minLength": 1},
                    },
                },
            }
        },
    },
    validate_formats=True,
)


@dataclass(frozen=True, slots=True, eq=False)
class KnownFault:
    """One fault of a server.

    `request` is a JSON Schema for `{path, query, body}`: parameters are text as sent, and `body`
    is there if it is JSON. `body` is a JSON Schema for the answer's body: the value if it is JSON,
    else the text. `checks` are those that may fail for it, and `at` the only place in the answer
    where, a pointer with `*` for any item.
    """

    operation: str
    versions: tuple[str, ...]
    status: int
    media_type: str
    reason: str
    request: Any
    body: Any
    place: Location
    checks: tuple[str, ...] = ANSWER_CHECKS
    at: str | None = None

    def excuses(self, check: str, cause: str, exchange: Exchange, addressed: Addressed) -> bool:
        """Whether a check failed on an exchange because of this fault."""
        is_here = self.at is None or is_at(cause, self.at)
        return check in self.checks and is_here and self._explains(exchange, addressed)

    def _explains(self, exchange: Exchange, addressed: Addressed) -> bool:
        """Whether an exchange shows this fault; a server without a version may be any."""
        response = exchange.response
        return (
            self.operation == addressed.operation.id
            and exchange.version in {"", *self.versions}
            and self.status == response.status
            and self.media_type == response.media_type
            and _fits(self.request, describe_request(exchange, addressed))
            and self._fits_body(exchange)
        )

    def _fits_body(self, exchange: Exchange) -> bool:
        try:
            return _fits(self.body, decode(exchange.response))
        except ValueError:
            return False


def _fits(schema: Any, value: Any) -> bool:
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(value)


def describe_request(exchange: Exchange, addressed: Addressed) -> dict[str, Any]:
    """A request as a known fault sees it: parameters as text, and the body if it is JSON."""
    described: dict[str, Any] = {"path": addressed.path, "query": addressed.query}
    with suppress(ValueError):
        described["body"] = read_json(exchange.request.body.decode())
    return described


def load_known_faults(path: Path, collector: Collector) -> list[KnownFault]:
    """Read a file of known faults, but for those that have expired, of which it warns.

    Raises HaltedError with the place of what is wrong.
    """
    document = load(path, collector)
    for error in _FILE.iter_errors(document.tree):
        place = document.locate(join("", *error.instance_path))
        collector.add(BAD_FAULT, error.message, place)
    collector.halt_on_errors()
    faults = []
    for index, fault in enumerate(document.tree["faults"]):
        place = document.locate(join("/faults", index))
        if _has_expired(fault):
            said = f"{fault['operation']} has had until {fault['expires']}: {fault['reason']}"
            collector.add(EXPIRED_FAULT, said, place)
        else:
            faults.append(_known_fault(fault, place))
    return faults


def _has_expired(fault: dict[str, Any]) -> bool:
    """Whether a fault's last day is over, in UTC."""
    expires = fault.get("expires", date.max.isoformat())
    return date.fromisoformat(expires) < datetime.now(UTC).date()


def _known_fault(fault: dict[str, Any], place: Location) -> KnownFault:
    return KnownFault(
        operation=fault["operation"],
        versions=tuple(fault["version"]),
        status=fault["status"],
        media_type=fault["content-type"],
        reason=fault["reason"],
        request=fault.get("request", True),
        body=fault.get("body", True),
        place=place,
        checks=tuple(fault.get("checks", ANSWER_CHECKS)),
        at=fault.get("at"),
    )
