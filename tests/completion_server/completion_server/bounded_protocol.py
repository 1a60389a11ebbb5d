"""An HTTP connection on which the head of a request is bounded, in size and in time."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 10.0


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's connection, which of itself waits for ever and takes headers of any size.

    While nothing is being answered, a whole head must come within ten seconds, and heads may have
    64 KiB and the chunk that passed them. On an idle connection uvicorn's own time holds.
    """

    _in_head = False
    _head_bytes = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._head_is_there()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Measure what comes while a head is expected."""
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._in_head and self._head_bytes > HEAD_BYTES:
            self._refuse()
        elif not self._is_answering() and not self._deadline and not self.timeout_keep_alive_task:
            # A part of a head, or the rest of a body that was answered before its end.
            self._expect_head()

    def on_message_begin(self) -> None:
        """Begin to measure."""
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        """Go on to the body."""
        self._in_head = False
        self._head_is_there()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Wait for the rest of a head that had begun before the answer was whole."""
        super().on_response_complete()
        if self._in_head and not self._is_answering() and not self.transport.is_closing():
            self._unset_keepalive_if_required()
            self._expect_head()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse(self) -> None:
        self._head_is_there()
        if self._is_answering():
            self.transport.close()  # a second answer must not stand within the first
        else:
            self.send_400_response("Request head too large.")

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._cut_off)

    def _head_is_there(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _cut_off(self) -> None:
        self._deadline = None
        self.transport.close()
