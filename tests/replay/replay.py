"""Sends the requests of a recording to a server, one after another, and judges each answer."""

from __future__ import annotations

import http.client
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.replay.carried import Carried
from tests.replay.comparison import difference
from tests.replay.missing import make_missing
from tests.replay.missing_feedback import keep_rating, make_missing_feedback
from tests.replay.outgoing import CannotSendError, outgoing
from tests.replay.real_faults import find_real_fault
from tests.replay.slot import busy, was_refused_as_busy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.replay.exchange import Answer, Exchange
    from tests.replay.recording import Recording
    from tests.replay.server import Server


@dataclass(frozen=True)
class Result:
    """What came of one exchange; `reason` is empty if there is nothing to say."""

    name: str
    same: bool
    reason: str = ""
    real_fault: bool = False


def replay(recording: Recording, server: Server) -> Iterator[Result]:
    """Give a result for each exchange, in their order."""
    carried = Carried()
    for exchange in recording.exchanges:
        try:
            made = make_missing(exchange, server, carried)
            made += make_missing_feedback(exchange, server, carried)
            answer = _answer(exchange, server, carried)
        except CannotSendError as error:
            yield Result(exchange.name, same=False, reason=f"not sent: {error}")
        except (OSError, http.client.HTTPException) as error:
            yield Result(exchange.name, same=False, reason=f"no answer: {error!r}")
        else:
            carried.take_from(exchange.answer, answer)
            keep_rating(exchange, answer, carried)
            yield judge(exchange, answer, made)


def judge(exchange: Exchange, ours: Answer, made: list[str]) -> Result:
    """Hold an answer to the recorded one, or to the right one where that is a fault."""
    note = f"{' and '.join(made)} first, since no exchange of the file did" if made else ""
    fault = find_real_fault(exchange.answer)
    if fault is None:
        found = difference(exchange.answer, ours)
        return Result(exchange.name, not found, "; ".join(filter(None, (found, note))))
    said = f"real fault: {fault.what}; expected {fault.expected}"
    found = fault.difference(ours)
    reason = "; ".join(filter(None, (said, found, note)))
    return Result(exchange.name, not found, reason, real_fault=True)


def _answer(exchange: Exchange, server: Server, carried: Carried) -> Answer:
    request = outgoing(exchange, server.keys, carried)
    was_busy = exchange.app in server.keys and was_refused_as_busy(exchange.answer)
    with busy(server, exchange.app) if was_busy else nullcontext():
        return server.send(request)
