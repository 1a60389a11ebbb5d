"""A server's own faults, known and not promised: reading them, and what they explain.

Recordings and live runs share the file. Knows nothing of the document.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from specloom.diagnostics import Collector, Location, Rule
from specloom.document.load import load
from specloom.document.pointer import join

from .exchange import decode

if TYPE_CHECKING:
    from pathlib import Path

    from .exchange import Exchange
    from .operations import Addressed

BAD_FAULT = Rule(
    "CON020",
    "bad-known-fault",
    "the file of known faults says something that it can't",
    "The file has a list `faults`; each names operation, versions, status, media type and reason, "
    "and may describe the request and the body by JSON Schema. `checks` names what may fail for "
    "it; a check of authorization or of a sequence of requests is never excused.",
    exit_status=2,
)
UNUSED_FAULT = Rule(
    "CON021",
    "unused-known-fault",
    "a known fault was not met",
    "A fault that a server no longer shows hides the next one like it. Take it out of the file.",
)

RULES = (BAD_FAULT, UNUSED_FAULT)

ANSWER_CHECKS: Final = (
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "not_a_server_error",
    "event_stream_framing",
    "event_stream_events",
    "event_stream_order",
    "stream_selection",
)
"""What a known fault explains unless it says otherwise: that an answer breaks the document."""

_EXPLAINABLE: Final = (*ANSWER_CHECKS, "negative_data_rejection", "positive_data_acceptance")

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
                        "row": {"type": "integer"},
                        "reason": {"type": "string", "minLength": 1},
                    },
                },
            }
        },
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class KnownFault:
    """One fault of a server.

    `request` is a JSON Schema for `{path, query, body}`: parameters are text as sent, and `body`
    is there if it is JSON. `body` is a JSON Schema for the answer's body: the value if it is JSON,
    else the text. `checks` are those that may fail for it on a live server.
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

    def explains(self, exchange: Exchange, addressed: Addressed) -> bool:
        """Whether an exchange shows this fault."""
        response = exchange.response
        return (
            self.operation == addressed.operation.id
            and exchange.version in self.versions
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
        described["body"] = json.loads(exchange.request.body or "")
    return described


def load_known_faults(path: Path, collector: Collector) -> list[KnownFault]:
    """Read a file of known faults. Raises HaltedError with the place of what is wrong."""
    document = load(path, collector)
    for error in _FILE.iter_errors(document.tree):
        place = document.locate(join("", *error.instance_path))
        collector.add(BAD_FAULT, error.message, place)
    collector.halt_on_errors()
    return [
        KnownFault(
            operation=fault["operation"],
            versions=tuple(fault["version"]),
            status=fault["status"],
            media_type=fault["content-type"],
            reason=fault["reason"],
            request=fault.get("request", True),
            body=fault.get("body", True),
            place=document.locate(join("/faults", index)),
            checks=tuple(fault.get("checks", ANSWER_CHECKS)),
        )
        for index, fault in enumerate(document.tree["faults"])
    ]
