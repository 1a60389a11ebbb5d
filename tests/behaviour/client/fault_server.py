"""A server on a raw socket whose every byte a test scripts, and what it saw of its clients.

A script is a function of a connection: it reads, sends, resets. Knows HTTP only to read requests.
"""

import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

import h11

# Nothing here waits longer; a test is over long before.
LIMIT = 10.0


class Left(Exception):  # noqa: N818 (nothing is wrong)
    """The client closed the connection."""


@dataclass
class Request:
    """One request, as far as it came; `is_whole` when its body did."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytearray = field(default_factory=bytearray)
    is_whole: bool = False


class Connection:
    """One connection of a client, for a script to act on.

    It is `over` when the script ended it, and `left` when the client closed it or there was a RST.
    """

    def __init__(self, server: "FaultServer", accepted: socket.socket) -> None:
        self._server, self._socket = server, accepted
        self._parser = h11.Connection(h11.SERVER)
        self.sent = 0
        self.over, self.left = threading.Event(), threading.Event()

    def read(self) -> Request:
        """Read a request and its body."""
        return self.read_body(self.read_head())

    def read_body(self, request: Request) -> Request:
        """Read the body of a request whose head was read."""
        while not isinstance(event := self._next_event(), h11.EndOfMessage):
            request.body += event.data
        request.is_whole = True
        return request

    def read_head(self) -> Request:
        """Read the head of a request; its body may be left in the socket."""
        self._parser = h11.Connection(h11.SERVER)
        head = self._next_event()
        headers = {name.decode(): value.decode() for name, value in head.headers}
        request = Request(head.method.decode(), head.target.decode(), headers)
        self._server.requests.append(request)
        return request

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._watch(self._socket.sendall, piece)
            self.sent += len(piece)

    def pause(self) -> None:
        """Wait until the test says `proceed`."""
        if not self._server.permits.acquire(timeout=LIMIT):
            raise TimeoutError("the test never said to proceed")

    def reset(self) -> None:
        """Close with a RST, as the system does for a process that died."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()
        self.over.set()
        self.left.set()

    def end(self) -> None:
        """Send no more: the client reads the end of the file."""
        self._watch(self._socket.shutdown, socket.SHUT_WR)
        self.over.set()

    def hold(self) -> None:
        """Take what comes until the client closes the connection."""
        while self._socket.fileno() != -1:
            self._receive()

    def _next_event(self) -> Any:
        while (event := self._parser.next_event()) is h11.NEED_DATA:
            self._parser.receive_data(self._receive())
        return event

    def _receive(self) -> bytes:
        data: bytes = self._watch(self._socket.recv, 65_536)
        if not data:
            self.left.set()
            raise Left
        return data

    def _watch(self, act: Callable[[Any], Any], value: Any) -> Any:
        try:
            return act(value)
        except TimeoutError:
            raise
        except OSError:
            self.left.set()
            raise Left from None


Script: TypeAlias = Callable[[Connection], None]


class FaultServer:
    """Serves each connection by the next script, the last one also all that follow."""

    def __init__(self, *scripts: Script, listens: bool = True) -> None:
        self._scripts = scripts
        self._socket = socket.socket()
        # Little fits between the two sides, so that a script sees how far a client got.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        self._socket.bind(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._failures: list[Exception] = []
        self.base_url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"
        self.connections: list[Connection] = []
        self.requests: list[Request] = []
        self.permits = threading.Semaphore(0)
        if listens:
            self.listen()

    def listen(self) -> None:
        """Accept connections; before, they are refused."""
        self._socket.listen(512)
        self._start(self._accept)

    def proceed(self) -> None:
        """Let one script go on that pauses."""
        self.permits.release()

    def all_left(self) -> bool:
        """Whether every connection is left, or will be soon."""
        return all(connection.left.wait(5.0) for connection in self.connections)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Wakes what accepts, and what holds a connection that a client leaked.
        for opened in (self._socket, *(each._socket for each in self.connections)):
            try:
                opened.shutdown(socket.SHUT_RDWR)
            except OSError:
                opened.close()
        for thread in self._threads:
            thread.join()
        self._socket.close()
        if self._failures:
            raise self._failures[0]

    def _start(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                accepted, _ = self._socket.accept()
            except OSError:
                return
            accepted.settimeout(LIMIT)
            connection = Connection(self, accepted)
            self.connections.append(connection)
            script = self._scripts[min(len(self.connections), len(self._scripts)) - 1]
            self._start(self._serve, connection, accepted, script)

    def _serve(self, connection: Connection, accepted: socket.socket, script: Script) -> None:
        with accepted:
            try:
                script(connection)
                connection.hold()
            except Left:
                return
            except Exception as failure:  # noqa: BLE001 (told by the test's thread)
                self._failures.append(failure)


def replies(*whole: bytes) -> Script:
    """Give an answer to each request, and keep the connection open."""

    def script(connection: Connection) -> None:
        for answer in whole:
            connection.read()
            connection.send(answer)

    return script


stalls = replies


def closes(*pieces: bytes) -> Script:
    """Read a request, send the pieces, and end the connection."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.send(*pieces)
        connection.end()

    return script


def resets(*pieces: bytes) -> Script:
    """Read a request, send the pieces, and reset the connection."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.send(*pieces)
        if pieces:
            connection.pause()
        connection.reset()

    return script
