"""Answers that break off: what they send is not what they promised."""

from collections.abc import AsyncIterator

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from completion_server.faults.changes.answers import headers_without_length


class BrokenOffResponse(Response):
    """Sends the head of an answer and some pieces of its body, then nothing.

    An application that returns before its answer is complete makes the server close the
    connection: uvicorn says so in its log.
    """

    def __init__(
        self, response: Response, pieces: AsyncIterator[bytes], length: int | None = None
    ) -> None:
        super().__init__(status_code=response.status_code)
        told = [] if length is None else [(b"content-length", str(length).encode())]
        self.raw_headers = [*headers_without_length(response), *told]
        self._pieces = pieces

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send what there is."""
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        async for piece in self._pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
