"""A request into its exchange with the server under test.

Knows nothing of documents.
"""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

import requests
import urllib3

from specloom.contract.exchanges.exchange import Exchange, Response
from specloom.contract.exchanges.wire import as_request
from specloom.diagnostics import Location

from .patience import Patience
from .surroundings import proxies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from specloom.contract.exchanges.exchange import Request

    from .target import Target


_PIECE: Final = 64 * 1024
_NOWHERE: Final = Location("")


class NoAnswerError(Exception):
    """No answer came, or none that is whole; the message says why."""


@dataclass(slots=True)
class Sender:
    """Sends to one server, a request at a time; to be used in a `with` block.

    `pause` is the least time between two requests, in seconds; `safe_only` is whether what changes
    something must not be sent, which callers keep to.
    """

    target: Target
    timeout: float
    place: Location = _NOWHERE
    pause: float = 0.0
    patience: Patience | None = None
    safe_only: bool = False
    _session: requests.Session = field(init=False, default_factory=requests.Session)
    _sent: float = field(init=False, default=-math.inf)

    def __enter__(self) -> Self:
        self._session.trust_env = False
        self._session.proxies.update(proxies(self.target.url))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._session.close()

    def send(self, request: Request, name: str = "") -> Exchange:
        """Send with the key. Raises NoAnswerError."""
        keyed = {**request.headers, **_lower(self.target.headers)}
        return self._exchange(request, keyed, name)

    def bare(self, request: Request, name: str = "") -> Exchange:
        """Send as it is, without the key. Raises NoAnswerError."""
        return self._exchange(request, dict(request.headers), name)

    def url(self, request: Request) -> str:
        """Where a request goes: below the base URL, which may have a path itself."""
        return self.target.url + request.target

    @property
    def waits_in_vain(self) -> bool:
        """Whether nothing has been answered for long."""
        return self.patience is not None and self.patience.is_silent

    def renew(self) -> None:
        """Give what was no longer asked one more try, as where another phase begins."""
        if self.patience is not None:
            self.patience.renew()

    @contextmanager
    def stream(self, request: Request, name: str = "") -> Iterator[Streamed]:
        """Send with the key, and read the answer as it comes. Raises NoAnswerError."""
        keyed = {**request.headers, **_lower(self.target.headers)}
        with self._opened(request, keyed, name) as (prepared, reply):
            yield Streamed(name, as_request(prepared), reply, self.place)

    def _exchange(self, request: Request, headers: dict[str, str], name: str) -> Exchange:
        with self._opened(request, headers, name) as (prepared, reply):
            streamed = Streamed(name, as_request(prepared), reply, self.place)
            for _ in streamed.pieces():
                pass
            return streamed.exchange

    @contextmanager
    def _opened(
        self, request: Request, headers: dict[str, str], name: str
    ) -> Iterator[tuple[requests.PreparedRequest, requests.Response]]:
        """Send, and turn what goes wrong from then on into NoAnswerError."""
        try:
            prepared = self._prepared(request, headers)
            with (
                self._awaited(name or f"{request.method} {request.target}") as seconds,
                self._session.send(
                    prepared, timeout=seconds, stream=True, allow_redirects=False
                ) as reply,
            ):
                yield prepared, reply
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            problem = self.target.redact(f"{type(error).__name__}: {error}")
            raise NoAnswerError(problem) from None

    @contextmanager
    def _awaited(self, name: str) -> Iterator[float]:
        """How long to wait for the answer to what is now sent in the block."""
        patience = self.patience or Patience(self.timeout)
        if patience.is_spent(name):
            raise NoAnswerError("so many answers did not come in time that no more are asked for")
        time.sleep(max(0.0, self._sent + self.pause - time.monotonic()))
        self._sent = time.monotonic()
        try:
            yield patience.begin(name)
            patience.answered(name)
        finally:
            patience.settle(name)

    def _prepared(self, request: Request, headers: dict[str, str]) -> requests.PreparedRequest:
        try:
            "".join(headers.values()).encode("latin-1")
            prepared = requests.Request(
                request.method, self.url(request), headers=headers, data=request.body
            ).prepare()
        except (UnicodeError, requests.exceptions.InvalidHeader):
            # What requests says of it quotes it, and it may be a key.
            raise NoAnswerError("a header has what none can hold (RFC 9110 §5.5)") from None
        # requests would normalize it.
        scheme, host = urlsplit(self.target.url)[:2]
        if prepared.url != self.url(request):
            prepared.url = f"{scheme}://{host}" + self.url(request).removeprefix(
                f"{scheme}://{host}"
            )
        return prepared


@dataclass(slots=True)
class Streamed:
    """An answer that is being read; `exchange` has what came so far."""

    name: str
    request: Request
    reply: requests.Response
    place: Location
    _body: bytearray = field(default_factory=bytearray)
    _started: float = field(default_factory=time.monotonic)

    def pieces(self) -> Iterator[bytes]:
        """The body, piece by piece, as it comes."""
        for piece in iter(lambda: self.reply.raw.read1(_PIECE, decode_content=True), b""):
            self._body += piece
            yield piece

    @property
    def exchange(self) -> Exchange:
        """The exchange, with as much of the answer as was read."""
        headers = {name.lower(): value for name, value in self.reply.headers.items()}
        response = Response(self.reply.status_code, headers=headers, body=bytes(self._body))
        version = headers.get("x-version", "")
        seconds = self.reply.elapsed.total_seconds() + time.monotonic() - self._started
        return Exchange(self.name, version, self.request, response, self.place, seconds)


def _lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
