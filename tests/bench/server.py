"""A server of recorded answers, in a process of its own: its CPU counts for nobody.

GET answers `/info`; POST `/files/upload`, or whatever is below `/<stream>/<count>` with so many
events: `large` in chunks of 64 KiB, cut anywhere, `single` with one event each; `chat` like
`large`, with the chunks of OpenAI's chat completions.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK_SIZE = 65_536
_ROOT = Path(__file__).parents[2]
# Written by hand from the published format.
_CHAT_CHUNK = (
    b'data: {"id":"chatcmpl-A1","object":"chat.completion.chunk","created":1795304101,'
    b'"model":"m","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,'
    b'"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null}]}\n\n'
)


@contextmanager
def serving() -> Iterator[str]:
    """Give the base URL of a server that lives as long as the block."""
    command = [sys.executable, "-m", "tests.bench.server"]
    with subprocess.Popen(  # noqa: S603 (this module)
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        # Its input closes with the block, or with this process, and that ends it.
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # One write for head and body.
    wbufsize = CHUNK_SIZE

    def do_GET(self) -> None:
        self._answer(200, recorded.answer("info_MyApp"))

    def do_POST(self) -> None:
        self._discard(int(self.headers["content-length"]))
        _, kind, count, *_ = self.path.split("/")
        if kind == "files":
            self._answer(201, recorded.answer("upload_png"))
        else:
            self._stream(_STREAMS[kind](int(count)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as its base has it)
        pass

    def _discard(self, length: int) -> None:
        while length > 0:
            length -= len(self.rfile.read(min(length, CHUNK_SIZE)))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, chunks: Iterator[bytes]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in chunks:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        self.wfile.write(b"0\r\n\r\n")


def _single(count: int) -> Iterator[bytes]:
    message, end = recorded.events()
    yield from repeat(message, count)
    yield end


def _chat(count: int) -> Iterator[bytes]:
    yield from repeat(_CHAT_CHUNK, count)
    yield b"data: [DONE]\n\n"


def _in_chunks(events: Iterator[bytes]) -> Iterator[bytes]:
    pending = b""
    for event in events:
        pending += event
        if len(pending) >= CHUNK_SIZE:
            yield pending[:CHUNK_SIZE]
            pending = pending[CHUNK_SIZE:]
    yield pending


_STREAMS: dict[str, Callable[[int], Iterator[bytes]]] = {
    "single": _single,
    "large": lambda count: _in_chunks(_single(count)),
    "chat": lambda count: _in_chunks(_chat(count)),
}


def main() -> None:
    """Serve on a free port, said on the standard output, until the standard input is closed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    main()
