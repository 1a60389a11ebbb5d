"""Uploads that a server cuts short, and files that change while they are sent."""

import io
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from dify_completion import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    InvalidArgumentError,
    PayloadTooLargeError,
)
from tests.behaviour.client.answers import INFO, UPLOADED, http
from tests.behaviour.client.fault_server import Connection, FaultServer, Script, replies
from tests.behaviour.client.flavours import Call, info, one_connection

MB = 1024 * 1024
TOO_LARGE = http(b'{"code": "file_too_large"}', "413 Too Large", Connection="close")


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """More than fits between client and server, and takes no room on the disk."""
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(24 * MB)
    return path


def upload(file: Any, **options: Any) -> Call:
    return lambda client: client.files.upload_file(file=file, **options)


def refuses_and(end: str) -> Script:
    def script(connection: Connection) -> None:
        connection.read_head()
        connection.send(TOO_LARGE)
        if end == "reset":
            connection.reset()
        elif end == "closed":
            connection.end()

    return script


@pytest.mark.parametrize("end", ["reset", "closed", "left open"])
def test_a_refusal_before_the_upload_is_whole(flavour: str, end: str, large: Path) -> None:
    """The server's word is read where the system kept it; else it is a broken connection."""
    with FaultServer(refuses_and(end), replies(INFO)) as server:
        with one_connection(flavour, server.base_url) as client:
            with pytest.raises(APIError) as caught:
                client.call(upload(large))
            lost = (PayloadTooLargeError, APIConnectionError) if end == "reset" else ()
            assert isinstance(caught.value, lost or PayloadTooLargeError)
            assert client.call(info).name == "App"
        assert server.all_left()


def test_a_server_that_stops_reading(flavour: str, large: Path) -> None:
    def script(connection: Connection) -> None:
        connection.read_head()
        connection.pause()

    with FaultServer(script, replies(INFO)) as server:
        with one_connection(flavour, server.base_url) as client:
            with pytest.raises(APITimeoutError):
                client.call(upload(large, timeout=0.3))
            server.proceed()
            assert client.call(info).name == "App"
        assert server.all_left()


def truncates(path: Path, size: int) -> Script:
    """Change a file's size when its upload has begun."""

    def script(connection: Connection) -> None:
        request = connection.read_head()
        os.truncate(path, size)
        connection.read_body(request)
        connection.send(UPLOADED)

    return script


def test_a_file_that_shrinks_while_it_is_sent(flavour: str, large: Path) -> None:
    """Its length was told, so there is no right way on: the server must not take it for whole."""
    with FaultServer(truncates(large, MB), replies(INFO)) as server:
        with one_connection(flavour, server.base_url, max_retries=2) as client:
            with pytest.raises(APIError):
                client.call(upload(large))
            assert client.call(info).name == "App"
        assert [request.is_whole for request in server.requests] == [False, True]
        assert server.all_left()


def test_a_file_that_grows_while_it_is_sent(flavour: str, large: Path) -> None:
    """The server gets as much as was told, or nothing that it could take for whole."""
    with FaultServer(truncates(large, 48 * MB), replies(INFO)) as server:
        with one_connection(flavour, server.base_url, max_retries=2) as client:
            with suppress(APIError):
                client.call(upload(large))
            assert client.call(info).name == "App"
        sent = server.requests[0]
        assert sent.is_whole == (len(sent.body) == int(sent.headers["content-length"]))
        assert server.all_left()


def test_a_file_that_is_deleted_while_it_is_sent_is_sent_whole(flavour: str, large: Path) -> None:
    def script(connection: Connection) -> None:
        request = connection.read_head()
        large.unlink()
        connection.read_body(request)
        connection.send(UPLOADED)

    with (
        FaultServer(script) as server,
        one_connection(flavour, server.base_url) as client,
    ):
        assert client.call(upload(large)).name == "note.txt"
        assert len(server.requests[0].body) > 24 * MB


def test_a_file_that_is_not_there(flavour: str, tmp_path: Path) -> None:
    """Nothing is sent."""
    with FaultServer(replies(INFO)) as server, one_connection(flavour, server.base_url) as client:
        with pytest.raises((InvalidArgumentError, FileNotFoundError)):
            client.call(upload(tmp_path / "none.txt"))
        assert server.requests == []
        assert client.call(info).name == "App"


class Unreadable(io.BytesIO):
    """A file on a disk that breaks."""

    name = "broken.bin"

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > MB:
            raise OSError(5, "Input/output error")
        return super().read(size)


def read_one(connection: Connection) -> None:
    connection.read()


def test_a_file_that_cannot_be_read_to_its_end(flavour: str) -> None:
    """The error of the disk is the caller's to see; the server must not take it for whole."""
    with FaultServer(read_one, replies(INFO)) as server:
        with one_connection(flavour, server.base_url) as client:
            with pytest.raises(OSError, match="Input/output error"):
                client.call(upload(Unreadable(b"x" * 4 * MB)))
            assert client.call(info).name == "App"
        assert [request.is_whole for request in server.requests] == [False, True]
        assert server.all_left()
