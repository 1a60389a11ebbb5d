"""Files are read while they are sent, a piece at a time, and keep nobody waiting."""

from __future__ import annotations

import asyncio
import gzip
import io
import os
import tempfile
import threading
import zipfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from runtime.errors import InvalidArgumentError
from runtime.model import Model
from runtime.operation import BINARY, Answer, Body, Operation
from runtime.request import RequestOptions
from runtime.transport import build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Flavour

    from runtime.files import FileContent

NONE = RequestOptions()
PIECE = 65_536


class Upload(Model):
    file: bytes | None = None
    files: list[bytes] | None = None


UPLOAD = Body("multipart/form-data", Upload, {"f": "file"}, files=frozenset({"file"}))
RAW = Body("application/octet-stream", BINARY)


def operation(body: Body) -> Operation[list[int]]:
    answers = (Answer("200", {"application/json": list[int]}),)
    return Operation("op", "POST", "/op", body=body, answers=answers)


class Sizes(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Answers with the size of the largest piece that came, and of all."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        assert isinstance(request.stream, httpx2.SyncByteStream)
        return self._answer(request, [len(chunk) for chunk in request.stream])

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        assert isinstance(request.stream, httpx2.AsyncByteStream)
        return self._answer(request, [len(chunk) async for chunk in request.stream])

    def _answer(self, request: httpx2.Request, sizes: list[int]) -> httpx2.Response:
        length = int(request.headers.get("content-length", -1))
        return httpx2.Response(200, json=[max(sizes), sum(sizes), length])


class Pieces(io.RawIOBase):
    """A file of so many pieces; `asked` is done whenever one is read."""

    def __init__(self, pieces: int, asked: Callable[[], object] = lambda: None) -> None:
        self.left, self.asked, self.largest = pieces, asked, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def read(self, size: int = -1) -> bytes:
        self.asked()
        self.largest = max(self.largest, size)
        self.left -= 1
        return b"x" * size if self.left >= 0 else b""


def upload(flavour: Flavour, body: Body, file: object) -> list[int]:
    argument = "f" if body is UPLOAD else "body"
    client = flavour.make(transport=Sizes())
    return flavour.use(client, lambda c: c._request(operation(body), {argument: file}, NONE))


@pytest.mark.parametrize("body", [UPLOAD, RAW], ids=["multipart", "raw"])
def test_a_large_file_is_not_read_into_memory(flavour: Flavour, body: Body) -> None:
    file = Pieces(20)
    largest, whole, _ = upload(flavour, body, file)
    assert largest == file.largest == PIECE
    assert whole >= 20 * PIECE


@pytest.mark.parametrize("body", [UPLOAD, RAW], ids=["multipart", "raw"])
def test_the_length_of_a_file_is_told_beforehand(
    flavour: Flavour, body: Body, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 3 * PIECE)
    with path.open("rb") as file:
        contents: list[FileContent] = [path, file, path.read_bytes()]
        for content in contents:
            _, whole, length = upload(flavour, body, content)
            assert whole == length


@pytest.mark.parametrize("body", [UPLOAD, RAW], ids=["multipart", "raw"])
def test_a_slow_file_does_not_keep_other_tasks_waiting(asynchronous: Flavour, body: Body) -> None:
    other_went_on = threading.Event()

    async def work(client: Any) -> Any:
        async def go_on() -> None:
            other_went_on.set()

        def slowly() -> None:
            loop.call_soon_threadsafe(asyncio.ensure_future, go_on())
            assert other_went_on.wait(5)  # for ever, if this is the loop's thread

        loop = asyncio.get_running_loop()
        argument = "f" if body is UPLOAD else "body"
        return await client._request(operation(body), {argument: Pieces(1, slowly)}, NONE)

    _, whole, _ = asynchronous.use(asynchronous.make(transport=Sizes()), work)
    assert whole >= PIECE


def test_a_path_is_closed_when_it_has_been_sent(flavour: Flavour, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"")  # a file left open would be a ResourceWarning, which is an error here
    assert upload(flavour, UPLOAD, path)[0] > 0


def test_a_path_to_nothing_is_the_systems_own_error(flavour: Flavour, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        upload(flavour, UPLOAD, tmp_path / "nothing")


def test_several_files_are_sent_under_one_name(flavour: Flavour) -> None:
    body = Body("multipart/form-data", Upload, {"f": "files"}, files=frozenset({"files"}))
    files = [b"one", ("two.txt", io.BytesIO(b"two")), ("three", b"three", "text/x")]

    def keep(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=[request.content.count(b'name="files"')])

    assert flavour.request(keep, operation(body), {"f": files}) == [3]
    content = flavour.requests[0].content
    kinds = [b"application/octet-stream\r\n\r\none", b"text/plain\r\n\r\ntwo"]
    for kind in (*kinds, b"text/x\r\n\r\nthree"):
        assert b"Content-Type: " + kind in content


@pytest.mark.parametrize("files", [[b"one", "path.png"], [("a", "b")]])
def test_what_is_no_file_among_several_is_refused(flavour: Flavour, files: list[Any]) -> None:
    body = Body("multipart/form-data", Upload, {"f": "files"}, files=frozenset({"files"}))
    with pytest.raises(ValueError, match=r"^f: should be a pathlib\.Path, bytes or a file"):
        flavour.request(lambda _: httpx2.Response(200), operation(body), {"f": files})
    assert flavour.requests == []


@pytest.mark.parametrize(
    "file",
    [
        (1, b"a"),
        (b"a", b"a"),
        (None, b"a"),
        ("\ud800", b"a"),
        ("a\r\nb", b"a"),
        ("a", b"a", 1),
        ("a", b"a", "text/x\r\nX-A: b"),
        ("a", b"a", "\udc80"),
        ("a", b"a", "text/x", {"X-A": "b"}),
        ("a",),
        (),
    ],
    ids=range(11),
)
def test_what_can_not_describe_a_file_is_refused(flavour: Flavour, file: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^f: "):
        upload(flavour, UPLOAD, file)


def test_a_name_may_have_any_letter_and_any_space(flavour: Flavour) -> None:
    assert upload(flavour, UPLOAD, ("9.41\u202fAM \u00a0é.png", b"a"))[0] > 0


@pytest.mark.parametrize("body", [UPLOAD, RAW], ids=["multipart", "raw"])
def test_a_file_that_is_closed_or_of_text_is_refused(
    flavour: Flavour, body: Body, tmp_path: Path
) -> None:
    closed = io.BytesIO(b"a")
    closed.close()
    argument = "f" if body is UPLOAD else "body"
    with (
        (tmp_path / "file").open("w") as text,
        tempfile.SpooledTemporaryFile(mode="w+") as spooled,
        tempfile.NamedTemporaryFile("w+") as named,
    ):
        for file in (closed, text, spooled, named):
            with pytest.raises(InvalidArgumentError, match=f"^{argument}: ") as raised:
                upload(flavour, body, file)
            assert ("closed" if file is closed else "binary") in str(raised.value)


def test_a_file_that_is_open_for_writing_only_is_refused(flavour: Flavour, tmp_path: Path) -> None:
    with (
        (tmp_path / "file").open("wb") as file,
        pytest.raises(InvalidArgumentError, match="not open for reading"),
    ):
        upload(flavour, UPLOAD, file)


def test_a_file_whose_descriptor_tells_another_size_is_sent_whole(
    flavour: Flavour, tmp_path: Path
) -> None:
    with gzip.open(tmp_path / "gzip", "wb") as packed:
        packed.write(b"x" * 5000)
    with gzip.open(tmp_path / "gzip") as unpacked:
        assert upload(flavour, UPLOAD, unpacked)[1] > 5000
    reading, writing = os.pipe()
    os.write(writing, b"x" * 5000)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert upload(flavour, UPLOAD, pipe)[1] > 5000


def test_a_file_within_an_archive_is_sent(flavour: Flavour, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "zip", "w") as archive:
        archive.writestr("inner", b"inner")
    with zipfile.ZipFile(tmp_path / "zip") as archive, archive.open("inner") as inner:
        assert upload(flavour, RAW, inner)[1] == 5
    with gzip.open(tmp_path / "gzip", "wb") as packed:
        packed.write(b"inner")
    with gzip.open(tmp_path / "gzip") as unpacked:
        assert upload(flavour, RAW, unpacked)[1] == 5


def test_a_content_type_of_an_injected_client_is_not_that_of_the_parts(flavour: Flavour) -> None:
    kind: Any = httpx2.Client if flavour.name == "sync" else httpx2.AsyncClient
    http = kind(transport=Sizes(), headers={"Content-Type": "application/json", "X-A": "b"})
    seen: list[httpx2.Request] = []

    def request(client: Any) -> Any:
        prepared = client._prepare(operation(UPLOAD), {"f": b"a"}, NONE)
        with ExitStack() as opened:
            seen.append(build(http, prepared, opened))
        return client._request(operation(UPLOAD), {"f": b"a"}, NONE)

    flavour.use(flavour.make(http_client=http), request)
    assert seen[0].headers["content-type"].startswith("multipart/form-data; boundary=")
    assert seen[0].headers["x-a"] == "b"
