"""Requests into answers, each checked against the document first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.corpus.making.validity import NoValueError

from .answers import Sent, write
from .parameters import WrongRequestError
from .request import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from .document import Described, Document, Read


class Server:
    """Answers requests one after another, and keeps what it understood."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.draw: Callable[[Any], Any] | None = None
        self.turn = 0
        self.read: Read | None = None
        self.problem = ""
        self.is_at_a_loss = False
        self.sent: Sent | None = None

    def begin(self, draw: Callable[[Any], Any], turn: int) -> None:
        """Forget what came; answers are drawn, the `turn`th of those of an operation first."""
        self.draw, self.turn = draw, turn
        self.read, self.sent, self.problem, self.is_at_a_loss = None, None, "", False

    def __call__(self, request: Request) -> Answer:
        """Answer a request; 400 with the problem if it isn't as the document says."""
        self.read, self.sent, self.problem, self.is_at_a_loss = None, None, "", False
        try:
            self.read = self.document.read(request)
        except (WrongRequestError, NoValueError, LookupError) as error:
            self.problem = f"{type(error).__name__.removesuffix('Error')}: {error}"
            return Answer(400, {}, self.problem.encode())
        self.sent = self._sent(self.read.operation, request)
        return self.sent.answer if self.sent else Answer(500, {}, self.problem.encode())

    def _sent(self, described: Described, request: Request) -> Sent | None:
        known = described.answers
        if self.draw is None:
            raise RuntimeError("nothing to draw from")
        for step in range(len(known)):
            choice = known[(self.turn + step) % len(known)]
            try:
                sent = write(choice, request.header("accept"), request.method, self.draw)
            except (NoValueError, LookupError) as error:
                self.problem, self.is_at_a_loss = f"no answer can be made: {error}", True
                return None
            if sent is not None:
                return sent
        self.problem = f"Accept allows none of the answers: {request.header('accept')}"
        return None
