"""An answer that strays from the document is told so, and where."""

import json
from typing import Any

import pytest

from specloom.contract.answers.contract import Contract
from specloom.contract.answers.operations import find_operation
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.diagnostics import Location

DOCUMENT: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "get": {
                "operationId": "getPet",
                "responses": {
                    "200": {"$ref": "#/components/responses/Pet"},
                    "204": {"description": "No pet."},
                    "4XX": {"description": "No.", "content": {"text/*": {"schema": {}}}},
                },
            },
        },
        "/news": {
            "get": {
                "operationId": "getNews",
                "responses": {
                    "200": {
                        "description": "News.",
                        "content": {
                            "text/event-stream": {
                                "itemSchema": {
                                    "type": "object",
                                    "properties": {
                                        "data": {
                                            "type": "string",
                                            "contentMediaType": "application/json",
                                            "contentSchema": {"$ref": "#/components/schemas/News"},
                                        }
                                    },
                                },
                                "x-event-stream": {
                                    "tag": "kind",
                                    "ends": ["end"],
                                    "after-end": ["credits"],
                                    "constant": ["paper"],
                                    "keep-alive": "ping",
                                },
                            }
                        },
                    }
                },
            }
        },
    },
    "components": {
        "responses": {
            "Pet": {
                "description": "A pet.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            }
        },
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string", "format": "uuid"}},
            },
            "News": {
                "oneOf": [
                    {
                        "required": ["kind", "text"],
                        "properties": {
                            "kind": {"const": "line"},
                            "text": {"type": "string"},
                        },
                    },
                    {
                        "required": ["kind"],
                        "properties": {"kind": {"enum": ["end", "credits"]}},
                    },
                ]
            },
        },
    },
}
CONTRACT = Contract(DOCUMENT)
UUID = "8c0fbed8-e2f9-49ff-9f0e-15a35bdd0e25"
LINE = {"kind": "line", "text": "Rain", "paper": "a"}
END = {"kind": "end", "paper": "a"}


def found(path: str, response: Response) -> list[tuple[str, str]]:
    """The names and places of what is wrong."""
    request = Request("GET", path)
    addressed = find_operation(DOCUMENT, request)
    assert addressed
    exchange = Exchange("", "", request, response, Location("recordings.jsonl"))
    faults = CONTRACT.check(addressed.operation, exchange)
    return [(fault.check, fault.place) for fault in faults]


def answer(status: int, content_type: str = "", body: bytes = b"") -> Response:
    return Response(status, headers={"content-type": content_type}, body=body)


def pet(value: Any) -> Response:
    return answer(200, "application/json; charset=utf-8", json.dumps(value).encode())


def news(text: str) -> Response:
    return answer(200, "text/event-stream", text.encode())


def stream(*events: Any) -> str:
    return "".join(f"data: {json.dumps(event)}\n\n" for event in events)


@pytest.mark.parametrize(
    "response",
    [
        pet({"id": UUID}),
        answer(204),
        answer(404, "text/html; charset=utf-8", b"<p>No.</p>"),
    ],
    ids=["by reference", "without content", "by ranges of status and media type"],
)
def test_an_answer_as_documented_is_fine(response: Response) -> None:
    assert found("/pets/1", response) == []


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (answer(302, "text/html"), ("status_code_conformance", "")),
        (answer(200, "text/html", b"<p>"), ("content_type_conformance", "")),
        (answer(200, "", b"{}"), ("content_type_conformance", "")),
        (answer(204, "text/plain", b"No."), ("content_type_conformance", "")),
        (answer(200, "application/json", b"{"), ("response_schema_conformance", "")),
        (answer(200, "application/json", b"\xff"), ("response_schema_conformance", "")),
        (pet(None), ("response_schema_conformance", "")),
        (pet({}), ("response_schema_conformance", "")),
        (pet({"id": "no uuid"}), ("response_schema_conformance", "/id")),
    ],
)
def test_an_answer_that_strays_is_told_so(response: Response, expected: tuple[str, str]) -> None:
    assert found("/pets/1", response) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        stream(LINE, END),
        stream(END),
        stream(LINE, END, {"kind": "credits"}),
        "event: ping\n\n" + stream(LINE) + ": a comment\n\n" + stream(END),
        stream(LINE, END).replace("\n", "\r\n"),
    ],
    ids=["usual", "short", "after the end", "with keep-alives", "with other line ends"],
)
def test_a_stream_as_documented_is_fine(text: str) -> None:
    assert found("/news", news(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (stream(LINE), ("event_stream_order", "")),
        ("", ("event_stream_order", "")),
        (stream(END, LINE), ("event_stream_order", "")),
        (stream(LINE, {**END, "paper": "b"}), ("event_stream_order", "")),
        (stream({"kind": "line"}, END), ("event_stream_events", "/0/data")),
        (stream({**LINE, "text": 1}, END), ("event_stream_events", "/0/data/text")),
        (stream({"kind": "gossip"}, END), ("event_stream_events", "/0/data/kind")),
        ("data: {\n\n" + stream(END), ("event_stream_events", "/0/data")),
        ("event: pong\n\n" + stream(END), ("event_stream_events", "/0")),
    ],
)
def test_a_stream_that_strays_is_told_so(text: str, expected: tuple[str, str]) -> None:
    assert found("/news", news(text)) == [expected]


def test_a_crash_fails_however_it_is_documented() -> None:
    assert found("/pets/1", answer(500)) == [
        ("not_a_server_error", ""),
        ("status_code_conformance", ""),
    ]


def test_a_stream_that_stops_within_an_event_is_told_so() -> None:
    assert ("event_stream_framing", "") in found("/news", news(stream(END) + "data: {"))
