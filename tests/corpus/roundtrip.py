"""A document and its client into whether each operation sends and gives what was meant."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .client.transport import ToServer
from .comparing import Failure
from .exchange import Exchange
from .server.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx2

    from .client.package import Method, Package
    from .server.document import Described, Document

    Connect = Callable[[Server], httpx2.BaseTransport]


@dataclass
class Outcome:
    """Whether an operation passed, or why not; `wider` if its signature admits too much."""

    method: str
    template: str
    reason: str = ""
    wider: bool = False


class RoundTrips:
    """Every operation of a document, sent by its client to a server made of the document."""

    def __init__(
        self, document: Document, package: Package, examples: int, connect: Connect = ToServer
    ) -> None:
        self._document, self._examples = document, examples
        self._server = Server(document)
        self._client = _client(package, document, connect(self._server))
        self._methods: dict[tuple[str, str], list[Method]] = {}
        for method in package.methods(self._client):
            self._methods.setdefault(method.address, []).append(method)

    def __iter__(self) -> Iterator[Outcome]:
        """Try one operation after another."""
        with self._client:
            for described in self._document.operations:
                yield self._outcome(described)

    def _outcome(self, described: Described) -> Outcome:
        operation = described.operation
        outcome = Outcome(operation.method, operation.template)
        methods = self._methods.get((operation.method, operation.template), [])
        if not methods:
            outcome.reason = "no method sends it"
        try:
            for method in methods:
                exchange = Exchange(self._server, method, described)
                exchange.check(self._examples)
                outcome.wider |= exchange.is_wider
        except Failure as failure:
            outcome.reason = str(failure)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is this operation's)
            last = traceback.extract_tb(error.__traceback__)[-1]
            message = str(error).partition("\n")[0]
            outcome.reason = f"{type(error).__name__} in {last.name}: {message:.300}"
        return outcome


def _client(package: Package, document: Document, transport: httpx2.BaseTransport) -> Any:
    """A client that reads strictly; where the document names no host, it is given one."""
    options: dict[str, Any] = {"api_key": dict(document.keys), "strict": True, "max_retries": 0}
    url = str(package.client_class._api.base_url or "")
    if not url.startswith("http"):
        document.any_host = True
        path = url or document.first_server
        options["base_url"] = "http://document.example/" + path.lstrip("/")
    return package.client(**options, transport=transport)
