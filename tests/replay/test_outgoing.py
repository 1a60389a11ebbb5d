"""What is sent is what was recorded, but for keys and ids."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.replay import wire
from tests.replay.carried import Carried
from tests.replay.exchange import Answer, Exchange
from tests.replay.outgoing import CannotSendError, Outgoing, outgoing

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {"My App": "app-KEY-1"}
THEIRS = "ddbabe7f-a240-48d1-96be-30a11ff141c3"
OURS = "00000000-0000-4000-8000-00000000000a"
NOTHING = Answer(200, "", b"")


def recorded(
    path: str = "/v1/info",
    headers: dict[str, str] | None = None,
    text: str | None = None,
    form: tuple[str, ...] = (),
    app: str = "My App",
) -> Exchange:
    return Exchange("n", app, "POST", path, headers or {}, text, form, NOTHING)


def sent(exchange: Exchange, carried: Carried | None = None) -> Outgoing:
    return outgoing(exchange, KEYS, carried or Carried())


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        ("Bearer app-KEY", "Bearer app-KEY-1"),
        ("bearer app-KEY", "bearer app-KEY-1"),
        ("Bearer app-bad", "Bearer app-bad"),
        ("Basic abc", "Basic abc"),
        ("app-xyz", "app-xyz"),
    ],
)
def test_a_key_is_put_in_and_the_rest_left(authorization: str, expected: str) -> None:
    headers = {"Authorization": authorization}
    assert {"Authorization": expected} == sent(recorded(headers=headers)).headers


def test_an_app_without_settings_has_no_key() -> None:
    with pytest.raises(CannotSendError, match="Other"):
        sent(recorded(headers={"Authorization": "Bearer app-KEY"}, app="Other"))


def test_a_file_that_nobody_sent_cannot_be_sent_again() -> None:
    with pytest.raises(CannotSendError, match="no\\.png"):
        sent(recorded(form=("file=@no.png",)))


@pytest.mark.parametrize(
    ("headers", "text", "expected"),
    [
        ({"Content-Type": "application/json"}, "{bad", {"Content-Type": "application/json"}),
        ({"content-type": "x/y"}, "{}", {"content-type": "x/y"}),
        # curl's own, and what curl makes of a header without a value.
        ({}, "a=b", {"Content-Type": "application/x-www-form-urlencoded"}),
        ({"Content-Type": ""}, "{}", {}),
        ({}, None, {}),
    ],
)
def test_the_content_type_is_what_curl_sends(
    headers: dict[str, str], text: str | None, expected: dict[str, str]
) -> None:
    request = sent(recorded(headers=headers, text=text))
    assert expected == request.headers
    assert (text or "").encode() == request.body


def test_line_ends_that_a_multipart_body_was_recorded_with_are_line_ends() -> None:
    text = r"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=B"}
    body = sent(recorded(headers=headers, text=text)).body
    assert body == b"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n"


@pytest.mark.parametrize("form", ["data: ", "application/json"])
def test_ids_are_carried_from_the_place_where_they_stood_to_path_and_body(form: str) -> None:
    def answer(value: Any) -> Answer:
        if form == "data: ":
            return Answer(200, "text/event-stream", f"data: {json.dumps(value)}\n\n".encode())
        return Answer(200, form, json.dumps(value).encode())

    carried = Carried()
    event = {"event": "message", "answer": "a", "data": [{"id": THEIRS}]}
    carried.take_from(answer(event), answer(event | {"answer": THEIRS, "data": [{"id": OURS}]}))
    # The first to make it counts.
    carried.take_from(answer({"id": THEIRS}), answer({"id": "later"}))
    request = sent(recorded(f"/v1/messages/{THEIRS}/feedbacks", text=f'["{THEIRS}"]'), carried)
    assert request.path == f"/v1/messages/{OURS}/feedbacks"
    assert request.body == f'["{OURS}"]'.encode()


def test_an_id_that_nothing_made_is_left() -> None:
    assert sent(recorded(f"/v1/{THEIRS}")).path == f"/v1/{THEIRS}"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        yield listening


def test_nothing_is_added_on_the_wire_but_host_and_length(listener: socket.socket) -> None:
    heads: list[bytes] = []

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            heads.append(connection.recv(65_536))
            connection.sendall(
                b"HTTP/1.1 415 No\r\nContent-Type: a/b\r\nContent-Length: 2\r\n\r\nok"
            )

    thread = threading.Thread(target=answer)
    thread.start()
    host, port = listener.getsockname()
    request = Outgoing("POST", "/v1/x?limit=", {"Authorization": "basic é"}, b"")
    assert Answer(415, "a/b", b"ok") == wire.exchange(host, port, request)
    thread.join()
    expected = (
        f"POST /v1/x?limit= HTTP/1.1\r\nHost: {host}:{port}\r\n"
        "Authorization: basic é\r\nContent-Length: 0\r\n\r\n"
    )
    assert heads == [expected.encode()]
