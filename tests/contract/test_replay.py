"""A finding is tried again: what a server makes anew stays linked, and the key is never kept."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

from specloom.contract.answers.subject import Subject
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.exchanges.exchange_json import LONGEST, plain_exchange, read_exchange
from specloom.contract.replays.linked_values import LinkedValues
from specloom.contract.replays.replay import replay
from specloom.contract.replays.replayed import Replayed, Step, lines
from specloom.contract.transport.credentials import credentials
from specloom.contract.transport.sender import Sender
from specloom.contract.transport.target import Target
from specloom.diagnostics import Collector, HaltedError, Location
from specloom.document.load import load
from tests.contract.fixed_server import serve_fixed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.requests import Request as Asked
    from starlette.responses import Response as Reply

KEY = "app-secret-key"
HERE = Target("http://127.0.0.1/v1")
PLACE = Location("")


def _answers(**schema: Any) -> dict[str, Any]:
    headers = {"x-count": {"required": True, "schema": {"type": "integer"}}}
    content = {"application/json": {"schema": schema}}
    return {"responses": {"200": {"description": "ok", "headers": headers, "content": content}}}


TREE = {
    "openapi": "3.2.0",
    "info": {"title": "Things", "version": "1"},
    "security": [{"key": []}],
    "paths": {
        "/things": {"post": {"operationId": "makeThing", **_answers()}},
        "/stream": {"post": {"operationId": "streamThing", "responses": {}}},
        "/things/{name}": {
            "parameters": [
                {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {
                "operationId": "getThing",
                **_answers(properties={"size": {"type": "integer"}}),
            },
            "put": {"operationId": "putThing", **_answers()},
        },
    },
    "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
}


@dataclass
class Things:
    """A server that names things anew each time, with one fault or none."""

    fault: str = ""
    names: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    target: Target = HERE

    def _name(self, kind: str) -> str:
        count = len(self.names) + 1
        name = {"uuid": str(uuid.uuid4()), "number": str(count), "odd": f'a/"é {uuid.uuid4()}'}
        self.names.append(name[kind])
        return name[kind]

    async def make(self, asked: Asked) -> Reply:
        name = self._name(asked.query_params.get("kind", "uuid"))
        return JSONResponse({"noise": 1, "thing": {"id": int(name) if name.isdigit() else name}})

    async def stream(self, _: Asked) -> Reply:
        events = f"event: ping\n\ndata: {json.dumps({'id': self._name('uuid')})}\n\n"
        return StreamingResponse(iter([events]), media_type="text/event-stream")

    async def get(self, asked: Asked) -> Reply:
        self.heard.append(f"{asked.headers.get('authorization')} {asked.url.query}")
        if asked.headers.get("authorization") != f"Bearer {KEY}" and self.fault != "open":
            return JSONResponse({}, 401)
        if asked.path_params["name"] not in self.names:
            return JSONResponse({}, 404)
        self.names.clear()
        size = KEY if self.fault == "size" else 1
        count = "none" if self.fault == "count" else "1"
        return JSONResponse({"size": size, "key": KEY}, headers={"x-count": count})

    async def put(self, asked: Asked) -> Reply:
        body = await asked.json()
        same = body == {"id": asked.path_params["name"]} and body["id"] in self.names
        self.names.clear()
        if not same:
            return JSONResponse({}, 404)
        return JSONResponse({}, 200 if self.fault == "lax" else 400)

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1/things", self.make, methods=["POST"]),
                Route("/v1/stream", self.stream, methods=["POST"]),
                Route("/v1/things/{name:path}", self.get, methods=["GET"]),
                Route("/v1/things/{name:path}", self.put, methods=["PUT"]),
            ]
        )


@pytest.fixture(scope="module")
def served() -> Iterator[Things]:
    things = Things()
    with serve_fixed(things.app) as url:
        things.target = Target(f"{url}/v1", credentials(TREE, KEY))
        yield things


@pytest.fixture
def things(served: Things) -> Things:
    served.fault = ""
    served.names.clear()
    served.heard.clear()
    return served


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_text(json.dumps(TREE), encoding="utf-8")
    return Subject(load(path, Collector()))


@dataclass
class Replaying:
    """A report of one finding, and the way to replay it."""

    things: Things
    subject: Subject
    path: Path

    def record(self, check: str, operation: str, *requests: Request, bare: bool = False) -> None:
        with self._sender() as sender:
            send = sender.bare if bare else sender.send
            exchanges = [send(request) for request in requests]
        self.write(
            check, operation, *(plain_exchange(one, self.things.target) for one in exchanges)
        )

    def record_sequence(
        self, check: str, operation: str, first: Request, method: str = "GET"
    ) -> None:
        with self._sender() as sender:
            made = sender.send(first)
            name = self.things.names[-1]
            body = b"" if method == "GET" else json.dumps({"id": name}).encode()
            then = sender.send(Request(method, f"/things/{quote(name, safe='')}", body=body))
        self.write(
            check, operation, *(plain_exchange(one, self.things.target) for one in (made, then))
        )

    def write(self, check: str, operation: str, *exchanges: Any) -> None:
        finding = {"id": "abcd1234", "check": check, "operation": operation, "exchanges": exchanges}
        text = json.dumps({"findings": [finding, {**finding, "id": "abff0000"}]})
        self.path.write_text(text, encoding="utf-8")

    def again(self, id_: str = "abcd", collector: Collector | None = None) -> Replayed:
        with self._sender() as sender:
            return replay(self.path, id_, self.subject, sender, collector or Collector())

    def _sender(self) -> Sender:
        return Sender(self.things.target, 5.0)


@pytest.fixture
def replaying(things: Things, subject: Subject, tmp_path: Path) -> Replaying:
    return Replaying(things, subject, tmp_path / "report.json")


FIRST = [
    Request("POST", "/things"),
    Request("POST", "/things?kind=number"),
    Request("POST", "/things?kind=odd"),
    Request("POST", "/stream"),
]


@pytest.mark.parametrize("first", FIRST, ids=lambda request: request.target)
def test_a_sequence_is_replayed_with_the_names_of_now(replaying: Replaying, first: Request) -> None:
    replaying.things.fault = "size"
    replaying.things.names.append("nobody's")
    replaying.record_sequence("response_schema_conformance", "getThing", first)
    again = replaying.again()
    assert [(step.then, step.now) for step in again.steps] == [(200, 200), (200, 200)]
    assert again.fails
    replaying.things.fault = ""
    assert not replaying.again().fails


@pytest.mark.parametrize("first", [FIRST[0], FIRST[2], FIRST[3]], ids=lambda one: one.target)
def test_a_body_has_the_names_of_now(replaying: Replaying, first: Request) -> None:
    replaying.things.fault = "lax"
    replaying.record_sequence("negative_data_rejection", "putThing", first, "PUT")
    assert replaying.again().fails
    replaying.things.fault = ""
    again = replaying.again()
    assert [step.now for step in again.steps] == [200, 400]
    assert not again.fails


def test_a_request_without_the_key_stays_without(replaying: Replaying) -> None:
    replaying.things.fault = "open"
    replaying.things.names.append("a")
    replaying.record("authentication", "getThing", Request("GET", "/things/a"), bare=True)
    replaying.things.names.append("a")
    assert replaying.again().fails
    replaying.things.fault = ""
    replaying.things.names.append("a")
    assert replaying.again().steps == [Step("GET", "/things/a", 200, 401)]


def test_a_key_that_stood_elsewhere_stands_there_again(replaying: Replaying) -> None:
    unusual = Request("GET", f"/things/a?key={KEY}", headers={"authorization": f"bearer {KEY}"})
    replaying.things.fault = "open"
    replaying.things.names.append("a")
    replaying.record("authentication", "getThing", unusual, bare=True)
    assert KEY not in replaying.path.read_text(encoding="utf-8")
    replaying.things.names.append("a")
    again = replaying.again()
    assert again.fails
    assert replaying.things.heard == [f"bearer {KEY} key={KEY}"] * 2
    assert KEY not in "\n".join(lines(again))


def test_headers_are_held_to_the_document_again(replaying: Replaying) -> None:
    replaying.things.fault = "count"
    replaying.record_sequence("response_headers_conformance", "getThing", FIRST[0])
    assert replaying.again().fails
    replaying.things.fault = ""
    assert not replaying.again().fails


@pytest.mark.parametrize(
    ("check", "then", "media_type", "fails"),
    [
        ("unsupported_method", 404, "text/plain", True),
        ("unsupported_method", 405, "application/json", False),
        ("positive_data_acceptance", 400, "text/plain", True),
        ("positive_data_acceptance", 200, "application/json", False),
        ("authentication", 200, "application/json", False),
        ("authentication", 403, "application/json", False),
        ("authentication", 404, "text/plain", True),
        ("authentication_challenge", 401, "application/json", False),
        ("authentication_challenge", 404, "text/plain", True),
        ("use_after_free", 404, "application/json", True),
        ("use_after_free", 404, "text/plain", False),
        ("use_after_free", 500, "application/json", False),
    ],
)
def test_what_a_server_did_is_compared(
    replaying: Replaying, check: str, then: int, media_type: str, *, fails: bool
) -> None:
    request = Request("GET", "/things/x", headers={"authorization": f"Bearer {KEY}"})
    response = Response(then, headers={"content-type": media_type})
    exchange = Exchange("", "", request, response, PLACE)
    replaying.write(check, "getThing", plain_exchange(exchange, replaying.things.target))
    assert replaying.again().fails == fails


def test_a_server_that_is_gone_fails(replaying: Replaying) -> None:
    replaying.record_sequence("not_a_server_error", "getThing", FIRST[0])
    replaying.things = replace(replaying.things, target=Target("http://127.0.0.1:9/v1"))
    again = replaying.again()
    assert again.fails
    assert [step.now for step in again.steps] == [None]


@pytest.mark.parametrize(
    ("check", "phase"),
    [("stop_ends_stream", "stop"), ("feedback_is_kept", "scenarios"), ("paging", "paging")],
)
def test_what_looks_at_more_than_an_answer_names_its_phase(
    replaying: Replaying, check: str, phase: str
) -> None:
    replaying.write(check, "getThing")
    again = replaying.again()
    assert (again.phase, again.fails, again.steps) == (phase, False, ())
    assert phase in "\n".join(lines(again))


CUT = Exchange("", "", Request("PUT", "/things/a", body=b"x" * 70_000), Response(200), PLACE)


@pytest.mark.parametrize(
    ("id_", "findings", "said"),
    [
        ("zz", None, "no finding is called 'zz'; there are: abcd1234, abff0000"),
        ("ab", None, "several findings begin with 'ab'; there are: abcd1234, abff0000"),
        ("abcd", [], "no finding is called 'abcd'; there are: none"),
        ("abcd", {"a": 1}, "can't be read"),
        ("abcd", [{"id": "abcd"}], "can't be read"),
        ("abcd", [{"id": "abcd", "check": "paging", "exchanges": [{}]}], "can't be read"),
    ],
)
def test_a_finding_that_is_not_there_is_refused(
    replaying: Replaying, id_: str, findings: Any, said: str
) -> None:
    replaying.write("not_a_server_error", "getThing")
    if findings is not None:
        replaying.path.write_text(json.dumps({"findings": findings}), encoding="utf-8")
    _refused(replaying, id_, said)


@pytest.mark.parametrize(
    ("check", "operation", "exchanges", "said"),
    [
        ("not_a_server_error", "getThing", [], "make the whole run again"),
        ("answer", "getThing", [CUT], "make the whole run again"),
        ("not_a_server_error", "getNothing", [CUT], "make the whole run again"),
        ("not_a_server_error", "putThing", [CUT], "too long"),
    ],
)
def test_what_can_not_be_sent_again_is_refused(
    replaying: Replaying, check: str, operation: str, exchanges: list[Exchange], said: str
) -> None:
    whole = [replace(one, request=Request("GET", "/")) for one in exchanges]
    sent = exchanges if said == "too long" else whole
    replaying.write(check, operation, *(plain_exchange(one, HERE) for one in sent))
    _refused(replaying, "abcd", said)


@pytest.mark.parametrize("text", ["", "{", "[]", None])
def test_a_report_that_is_none_is_refused(replaying: Replaying, text: str | None) -> None:
    if text is not None:
        replaying.path.write_text(text, encoding="utf-8")
    _refused(replaying, "abcd", "can't be read")


def _refused(replaying: Replaying, id_: str, said: str) -> None:
    collector = Collector()
    with pytest.raises(HaltedError):
        replaying.again(id_, collector)
    assert [said in found.message for found in collector.diagnostics] == [True]
    assert collector.exit_status == 2


def test_an_exact_id_wins_over_a_longer_one(replaying: Replaying) -> None:
    finding = {"check": "paging", "operation": "getThing", "exchanges": []}
    findings = [{**finding, "id": "abcd"}, {**finding, "id": "abcdef"}]
    replaying.path.write_text(json.dumps({"findings": findings}), encoding="utf-8")
    assert replaying.again("abcd").finding.id == "abcd"


def test_a_terminal_shows_the_sequence_and_nothing_that_moves_it(replaying: Replaying) -> None:
    replaying.things.fault = "size"
    replaying.record_sequence("response_schema_conformance", "getThing", FIRST[0])
    again = replaying.again()
    assert KEY not in "\n".join(lines(again))
    again = replace(again, fault="\x1b[2J\u202ebad")
    first, second, verdict = lines(again)
    assert first == "POST /things: 200 then, 200 now"
    assert second.startswith("GET /things/")
    assert verdict == ("abcd1234 getThing: response_schema_conformance still fails: [2Jbad")


@pytest.mark.parametrize("body", [b"", b'{"a": 1}', b"\x00\xff", "\u00e9".encode(), b"x" * LONGEST])
def test_an_exchange_is_read_back_as_it_was(body: bytes) -> None:
    exchange = Exchange(
        "GET /x",
        "1.2",
        Request("POST", "/x?a=%20", headers={"content-type": "a/b"}, body=body),
        Response(200, cut_short=True, headers={"x-y": "z"}, body=body),
        PLACE,
        1.5,
    )
    plain = json.loads(json.dumps(plain_exchange(exchange, HERE)))
    assert read_exchange(plain) == exchange


@pytest.mark.parametrize("character", ["x", "\u00e9", "\U0001f600"])
def test_a_long_body_is_cut_and_its_size_kept(character: str) -> None:
    body = f"-{character * LONGEST}".encode()
    plain = plain_exchange(
        Exchange("", "", Request("GET", ""), Response(200, body=body), PLACE), HERE
    )
    kept = plain["response"]["body"]
    assert kept["size"] == len(body)
    assert LONGEST - 4 < len(kept["text"].encode()) <= LONGEST


def test_an_exchange_holds_no_key_and_nothing_of_the_transport() -> None:
    target = Target("http://127.0.0.1/v1", credentials(TREE, KEY))
    headers = {
        "authorization": f"Bearer {KEY}",
        "content-length": "3",
        "host": "x",
        "accept": "*/*",
    }
    exchange = Exchange(
        KEY,
        KEY,
        Request("GET", f"http://127.0.0.1/v1/x?{KEY}", headers=headers, body=KEY.encode()),
        Response(200, headers={"date": "now", "x-key": KEY}, body=b"\xff" + KEY.encode()),
        PLACE,
    )
    plain = plain_exchange(exchange, target)
    assert KEY not in json.dumps(plain)
    assert KEY.encode() not in read_exchange(plain).response.body
    assert plain["request"]["target"] == "/x?[redacted]"
    assert plain["request"]["headers"] == {"authorization": "Bearer [redacted]"}
    assert plain["response"]["headers"] == {"x-key": "[redacted]"}


@pytest.mark.parametrize("url", ["http://127.0.0.1/v10/x", "http://other/v1/x"])
def test_a_request_to_elsewhere_keeps_its_url(url: str) -> None:
    exchange = Exchange("", "", Request("GET", url), Response(200), PLACE)
    assert plain_exchange(exchange, HERE)["request"]["target"] == url


def _json(value: Any) -> Response:
    body = json.dumps(value).encode()
    return Response(200, headers={"content-type": "application/json"}, body=body)


def test_values_are_replaced_at_once() -> None:
    values = LinkedValues()
    values.learn(_json(["first-one", "first-one-more"]), _json(["first-one-more", "third-one"]))
    linked = values.link(Request("GET", "/x?a=first-one&b=first-one-more"))
    assert linked.target == "/x?a=first-one-more&b=third-one"


@pytest.mark.parametrize(
    ("recorded", "answered"),
    [
        ("no object", {"id": "long-enough"}),
        ({"id": "long-enough"}, {"other": "not-the-same"}),
        ({"id": "long-enough"}, {"id": 5}),
        ({"id": "long-enough"}, None),
        ({"size": "short"}, {"size": "other"}),
        ({"size": 5}, {"size": 6}),
    ],
)
def test_what_has_no_counterpart_stays(recorded: Any, answered: Any) -> None:
    values = LinkedValues()
    values.learn(_json(recorded), _json(answered))
    request = Request("POST", "/5/long-enough/short", body=b"\xfflong-enough")
    assert values.link(request) == request


def test_an_answer_without_end_is_borne() -> None:
    deep = Response(200, headers={"content-type": "application/json"}, body=b"[" * 200_000)
    values = LinkedValues()
    values.learn(deep, deep)
    assert values.link(Request("GET", "/")) == Request("GET", "/")
