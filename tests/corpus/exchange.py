"""One method of a client into calls of it, each compared with what its server saw and sent."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from .client.arguments import Arguments
from .client.fitting import RefusedError
from .client.given import read_whole
from .comparing import Failure, compare_answer, compare_request
from .making.validity import NoValueError

if TYPE_CHECKING:
    from .client.arguments import Call
    from .client.package import Method
    from .server.answers import Sent
    from .server.document import Described
    from .server.server import Server

logging.getLogger("httpx2").setLevel(logging.ERROR)


class Exchange:
    """The calls of one method; `is_wider` once its signature admitted too much."""

    def __init__(self, server: Server, method: Method, described: Described) -> None:
        self._server, self._method = server, method
        self._arguments = Arguments(method, described)
        # By turns the arguments are the signature's and the document's, and each answer comes.
        self._turns = max(2, len(described.answers))
        self._unmade = ""
        self.is_wider = False

    def check(self, examples: int) -> None:
        """Call the method, about as often. Raises Failure."""
        for turn in range(self._turns):
            if not self._check_turn(turn, 1 + examples // self._turns):
                raise Failure(f"harness: {self._unmade}")

    def _check_turn(self, turn: int, examples: int) -> int:
        made = 0

        @settings(
            max_examples=examples, deadline=None, database=None, derandomize=True,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.data())
        def example(data: Any) -> None:
            nonlocal made
            self._check_example(data.conjecture_data.draw, turn)
            made += 1

        with suppress(Unsatisfiable):
            example()
        return made

    def _check_example(self, draw: Any, turn: int) -> None:
        call = self._call(draw, turn)
        self.is_wider |= call.is_wider
        self._server.begin(draw, turn)
        value = self._value(call)
        read, sent = self._server.read, self._server.sent
        if read is None or sent is None:
            raise Failure(f"server: {self._server.problem}")
        compare_request(self._method, call, read)
        compare_answer(self._method, sent, value)

    def _call(self, draw: Any, turn: int) -> Call:
        try:
            return self._arguments.call(draw, by_document=turn % 2 == 1)
        except RefusedError as error:
            raise Failure(f"argument: {error}") from None
        except NoValueError as error:
            self._unmade = f"no argument: {error}"
            reject()

    def _value(self, call: Call) -> Any:
        server = self._server
        try:
            return read_whole(self._method.call(**call.arguments))
        except Exception as error:  # noqa: BLE001 (judged by what the server saw)
            if server.is_at_a_loss:
                self._unmade = server.problem
                reject()
            if server.problem:
                raise Failure(f"request: {server.problem}") from None
            raise Failure(_client_problem(error, server.sent)) from None


def _client_problem(error: Exception, sent: Sent | None) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    side = "answer" if sent else "request"
    message = " ".join(str(error).split())
    body = f"; it was {sent.answer.content!r:.300}" if sent else ""
    return f"{side}: {type(error).__name__} in {last.name}: {message:.300}{body}"
