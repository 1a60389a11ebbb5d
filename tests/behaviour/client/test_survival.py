"""Faults of a server or of the way to it: the right error, no leaked connection, no hang.

Each client has one connection: had it leaked, the call after the fault would have none.
"""

import gzip
import zlib

import pytest

from dify_completion import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    InternalServerError,
    NotFoundError,
    ResponseValidationError,
    UnexpectedResponseError,
)
from tests.behaviour.client.answers import INFO, LAST_CHUNK, app_info, chunk, head, http
from tests.behaviour.client.fault_server import (
    Connection,
    FaultServer,
    Script,
    closes,
    replies,
    resets,
    stalls,
)
from tests.behaviour.client.flavours import (
    Call,
    Client,
    briefly,
    info,
    one_connection,
    speak,
    stream,
)

CHUNKED = head(Content_Type="application/json", Transfer_Encoding="chunked")
GZIPPED = {"Content_Encoding": "gzip"}
HTML = "<html><body><h1>500 Internal Server Error</h1></body></html>"

BEFORE_THE_BODY: dict[str, tuple[Script, type[APIError]]] = {
    "reset before the headers": (resets(), APIConnectionError),
    "closed before the headers": (closes(), APIConnectionError),
    "reset in the headers": (resets(b"HTTP/1.1 200 OK\r\nContent-"), APIConnectionError),
    "closed in the headers": (closes(b"HTTP/1.1 200 OK\r\nContent-"), APIConnectionError),
    "stalled before the headers": (stalls(b""), APITimeoutError),
    "stalled in the headers": (stalls(b"HTTP/1.1 200 OK\r\nContent-"), APITimeoutError),
    "not HTTP": (closes(b"SSH-2.0-OpenSSH_9.6\r\n"), APIConnectionError),
    "conflicting lengths": (
        closes(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
        APIConnectionError,
    ),
    "headers of 1 MB": (
        closes(head(**{f"X_{n}": "x" * 90 for n in range(10_000)})),
        APIConnectionError,
    ),
    "500 with HTML": (
        replies(http(HTML.encode(), "500 Oops", "text/html"), INFO),
        InternalServerError,
    ),
    "404 without a body": (replies(http(b"", "404 Not Found"), INFO), NotFoundError),
    "500 with deep JSON": (
        replies(http(b"[" * 100_000, "500 Oops"), INFO),
        InternalServerError,
    ),
    "200 with HTML": (
        replies(http(HTML.encode(), content_type="text/html"), INFO),
        UnexpectedResponseError,
    ),
}
IN_THE_BODY: dict[str, tuple[Script, type[APIError]]] = {
    "reset in the body": (resets(INFO[:-5]), APIConnectionError),
    "closed in the body": (closes(INFO[:-5]), APIConnectionError),
    "closed between chunks": (closes(CHUNKED, chunk(app_info())), APIConnectionError),
    "closed in a chunk": (closes(CHUNKED, chunk(app_info())[:-5]), APIConnectionError),
    "no size of a chunk": (closes(CHUNKED, b"size\r\n"), APIConnectionError),
    "stalled in the body": (stalls(INFO[:-5]), APITimeoutError),
    "stalled in a chunk": (stalls(CHUNKED + chunk(app_info())[:-5]), APITimeoutError),
    "truncated JSON": (replies(http(app_info()[:-5]), INFO), ResponseValidationError),
    "deep JSON": (replies(http(b"[" * 100_000), INFO), ResponseValidationError),
    "no JSON": (replies(http(b""), INFO), ResponseValidationError),
    "corrupt gzip": (
        replies(http(b"\x1f\x8b" + app_info(), **GZIPPED)),
        APIConnectionError,
    ),
    "truncated gzip": (
        replies(http(gzip.compress(app_info())[:-20], **GZIPPED), INFO),
        ResponseValidationError,
    ),
}
READ: dict[str, Script] = {
    "gzip": replies(http(gzip.compress(app_info()), **GZIPPED)),
    "deflate": replies(http(zlib.compress(app_info()), Content_Encoding="deflate")),
    "chunks with trailers": replies(
        CHUNKED + chunk(app_info()) + LAST_CHUNK[:-2] + b"Digest: a\r\nX-B: b\r\n\r\n"
    ),
    "chunks with extensions": replies(
        CHUNKED + b"1;a=b\r\n{\r\n" + chunk(app_info()[1:]) + LAST_CHUNK
    ),
    "HTTP/1.0": closes(b"HTTP/1.0 200 OK\r\n\r\n" + app_info()),
    "no length and no chunks": closes(head(Content_Type="application/json"), app_info()),
    "answers before the answer": replies(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + INFO
    ),
    "10,000 headers": replies(http(app_info(), **{f"X{n}": "" for n in range(10_000)})),
    "no reason": replies(INFO.replace(b"200 OK", b"200", 1)),
}

each = pytest.mark.parametrize


def fails(client: Client, send: Call) -> APIError:
    with pytest.raises(APIError) as caught:
        client.call(send)
    return caught.value


def fails_to_stream(client: Client, send: Call) -> APIError:
    with pytest.raises(APIError) as caught:
        client.events(send)
    return caught.value


@each("kind", ["value", "stream", "bytes"])
@each("fault", BEFORE_THE_BODY)
def test_a_fault_before_the_body(flavour: str, fault: str, kind: str) -> None:
    script, expected = BEFORE_THE_BODY[fault]
    with FaultServer(script, replies(INFO)) as server:
        server.proceed()
        with one_connection(flavour, server.base_url) as client:
            if kind == "stream":
                error = fails_to_stream(client, briefly(stream, expected))
            else:
                error = fails(client, briefly(info if kind == "value" else speak, expected))
            assert type(error) is expected
            assert client.call(info).name == "App"
        assert server.all_left()


@each("fault", IN_THE_BODY)
def test_a_fault_in_the_body(flavour: str, fault: str) -> None:
    script, expected = IN_THE_BODY[fault]
    with FaultServer(script, replies(INFO)) as server:
        server.proceed()
        with one_connection(flavour, server.base_url) as client:
            assert type(fails(client, briefly(info, expected))) is expected
            assert client.call(info).name == "App"
        assert server.all_left()


@each("oddity", READ)
def test_an_odd_answer_is_read(flavour: str, oddity: str) -> None:
    with FaultServer(READ[oddity], replies(INFO)) as server:
        with one_connection(flavour, server.base_url) as client:
            assert client.call(info).name == "App"
        assert server.all_left()


def test_an_error_of_the_server_keeps_what_it_said(flavour: str) -> None:
    script, _ = BEFORE_THE_BODY["500 with HTML"]
    with FaultServer(script) as server, one_connection(flavour, server.base_url) as client:
        error = fails(client, info)
    assert isinstance(error, APIStatusError)
    assert (error.status_code, error.body, error.code) == (500, HTML, None)


def test_no_server_is_there(flavour: str) -> None:
    with (
        FaultServer(replies(INFO), listens=False) as server,
        one_connection(flavour, server.base_url) as client,
    ):
        assert type(fails(client, info)) is APIConnectionError
        assert type(fails_to_stream(client, stream)) is APIConnectionError
        server.listen()
        assert client.call(info).name == "App"


def test_no_content_where_json_is_due_is_none_unless_read_strictly(flavour: str) -> None:
    nothing = head("204 No Content")
    with (
        FaultServer(replies(nothing, nothing)) as server,
        one_connection(flavour, server.base_url) as client,
    ):
        assert client.call(info) is None
        assert type(fails(client.with_options(strict=True), info)) is ResponseValidationError


def test_headers_that_drip_are_waited_for(flavour: str) -> None:
    """The timeout is between two pieces, not for all of them."""

    def script(connection: Connection) -> None:
        connection.read()
        for begin in range(0, len(INFO), 10):
            connection.send(INFO[begin : begin + 10])
            connection.left.wait(0.15)

    with (
        FaultServer(script) as server,
        one_connection(flavour, server.base_url, timeout=2.0) as client,
    ):
        assert client.call(info).name == "App"
