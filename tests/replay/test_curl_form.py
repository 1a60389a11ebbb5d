"""Forms are written as curl writes them."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.replay.curl_form import Part, multipart, parse_part
from tests.replay.sent_files import sent_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PNG = sent_file("t.png")
BODIES: list[bytes] = []


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        BODIES.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as its base has it)
        pass


@pytest.fixture(scope="module")
def listener() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("spelled", "expected"),
    [
        ("user=abc-123", Part("user", b"abc-123")),
        ("user=", Part("user", b"")),
        ("user=a=b", Part("user", b"a=b")),
        ("file=@t.png;type=image/png", Part("file", PNG, "t.png", "image/png")),
        ("file=@t.png", Part("file", PNG, "t.png", "image/png")),
        ("file=@t.txt", Part("file", b"hello", "t.txt", "text/plain")),
        (
            "file=@t.txt;filename=a.zip;type=application/zip",
            Part("file", b"hello", "a.zip", "application/zip"),
        ),
        ("file=@t.txt;filename=a.zip", Part("file", b"hello", "a.zip", "text/plain")),
        ('file=@t.png;filename="a:b;c.png"', Part("file", PNG, "a:b;c.png", "image/png")),
        (r'file=@t.png;filename="a\"b.png"', Part("file", PNG, 'a"b.png', "image/png")),
        ("file=@t.png;filename=你好 é.png", Part("file", PNG, "你好 é.png", "image/png")),
        ("file=@t.txt;filename=a.PNG", Part("file", b"hello", "a.PNG", "image/png")),
        ("file=@t.png;filename=a.bin;type=x/y", Part("file", PNG, "a.bin", "x/y")),
    ],
)
def test_a_part_is_what_curl_sends(
    spelled: str, expected: Part, listener: str, tmp_path: Path
) -> None:
    part = parse_part(spelled, sent_file)
    assert expected == part
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    for name in ("t.png", "t.txt"):
        (tmp_path / name).write_bytes(sent_file(name))
    command = [curl, "--silent", "--form", spelled, listener]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=10)  # noqa: S603 (curl)
    assert _unbounded(BODIES.pop()) == _unbounded(multipart([part])[1])


def _unbounded(body: bytes) -> bytes:
    return re.sub(rb"-{24,26}[0-9a-f]{16}", b"BOUNDARY", body)


def test_a_file_of_unknown_kind_is_an_octet_stream() -> None:
    part = parse_part("file=@big.zip", sent_file)
    assert (part.filename, part.media_type) == ("big.zip", "application/octet-stream")


def test_the_boundary_is_named_in_the_content_type() -> None:
    content_type, body = multipart([Part("user", b"a"), Part("file", b"b", "f", "x/y")])
    boundary = content_type.removeprefix("multipart/form-data; boundary=").encode()
    assert body.split(b"--" + boundary)[0] == b""
    assert body.split(b"--" + boundary)[-1] == b"--\r\n"
    assert body.count(boundary) == 3


@pytest.mark.parametrize(("spelled", "error"), [("file", ValueError), ("file=@x", KeyError)])
def test_what_is_no_part_or_no_known_file_is_an_error(spelled: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_part(spelled, sent_file)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("t.png", 70),
        ("t.txt", 5),
        ("empty.png", 0),
        ("big.png", 10 * 1024**2 + 1),
        ("big.zip", 15 * 1024**2 + 1),
    ],
)
def test_the_files_have_their_sizes(name: str, size: int) -> None:
    assert size == len(sent_file(name))
