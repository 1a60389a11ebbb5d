"""A stream that is stopped while it runs: `[[contract.stops]]` into trials.

The link says how to stop it; what it takes from the answer's body it gets from the first event.
"""

from __future__ import annotations

import codecs
import io
import json
import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.answers.fault import Fault
from specloom.contract.exchanges.exchange import Request, read_json
from specloom.contract.exchanges.expressions import Expressions
from specloom.contract.findings.failures import NO_ANSWER
from specloom.contract.plan.phases import STOP
from specloom.contract.transport.sender import NoAnswerError
from specloom.document.pointer import join
from specloom.event_stream import EVENT_STREAM, order_faults, parse_events

from .trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange
    from specloom.contract.plan.settings import Stop
    from specloom.contract.requests.links import Link
    from specloom.contract.transport.sender import Sender, Streamed

CHECK: Final = "stop_ends_stream"
ARRIVAL: Final = "stream_arrival"
_MOMENT: Final = 0.2


class NotStoppedError(Exception):
    """The stream was not stopped as it should be; the message says what happened."""

    def __init__(self, message: str, check: str = CHECK) -> None:
        super().__init__(message)
        self.check = check


def try_stop(subject: Subject, sender: Sender, stop: Stop, link: Link) -> Trial:
    """Start a stream, stop it after its first event, and see that it ends, soon and in order."""
    label, operation = subject.named(stop.operation)
    method, _, path = label.partition(" ")
    body = json.dumps(stop.body).encode()
    request = Request(method, path, headers={"content-type": "application/json"}, body=body)
    rules = _order_rules(subject, operation)
    stopping = _Stopping(sender, stop, link, rules, label)
    fault = None
    try:
        with sender.stream(request, label) as streamed:
            stopping.run(streamed)
    except NotStoppedError as error:
        fault = Fault(error.check, sender.target.redact(str(error)))
    except NoAnswerError as error:
        fault = Fault(NO_ANSWER, str(error))
    return Trial(
        phase=STOP,
        operation=operation.id,
        name=stop.link,
        exchanges=tuple(stopping.exchanges),
        faults=(fault,) if fault else (),
        checks=(CHECK, ARRIVAL),
    )


def _newlines_decoder() -> io.IncrementalNewlineDecoder:
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    return io.IncrementalNewlineDecoder(decoder, translate=True)


@dataclass(slots=True)
class _Stopping:
    """A stream that is being read, and the way to stop it; `values` are the events' data so far."""

    sender: Sender
    stop: Stop
    link: Link
    rules: dict[str, Any]
    label: str
    exchanges: list[Exchange] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    decoder: io.IncrementalNewlineDecoder = field(default_factory=_newlines_decoder)
    rest: str = ""

    def run(self, streamed: Streamed) -> None:
        """Read, stop, read on. Raises NotStoppedError or NoAnswerError."""
        try:
            self._run(streamed)
        finally:
            self.exchanges.append(streamed.exchange)

    def _run(self, streamed: Streamed) -> None:
        head = streamed.exchange.response
        if head.media_type != EVENT_STREAM:
            kind = head.content_type or "without a type"
            raise NotStoppedError(f"no stream came back, but {head.status} {kind}")
        pieces = streamed.pieces()
        self._read_until_it_runs(pieces)
        self._send_stop(streamed)
        deadline = time.monotonic() + self.stop.within
        for piece in pieces:
            self._feed(piece)
            self._check_in_time(deadline)
        # A silent stream may end as late.
        self._check_in_time(deadline)
        self._feed(b"")
        for message in order_faults(self.values, self.rules):
            raise NotStoppedError(f"after the stop, {message}")

    def _check_in_time(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise NotStoppedError(f"it still ran {self.stop.within:g} seconds after the stop")

    def _read_until_it_runs(self, pieces: Iterator[bytes]) -> None:
        """Read the first event and a moment more, in which all of a stored-up stream would come."""
        running_since = math.inf
        for piece in pieces:
            self._feed(piece)
            if self.values:
                running_since = min(running_since, time.monotonic())
            if time.monotonic() - running_since >= _MOMENT:
                break
        else:
            raise NotStoppedError("the stream came all at once", ARRIVAL)
        if self._has_ended():
            raise NotStoppedError("the stream came to its end in a moment", ARRIVAL)

    def _has_ended(self) -> bool:
        tag, ends = self.rules.get("tag", ""), self.rules.get("ends", ())
        return any(isinstance(value, dict) and value.get(tag) in ends for value in self.values)

    def _send_stop(self, streamed: Streamed) -> None:
        expressions = Expressions(streamed.exchange, asked=self.stop.body, answered=self.values[0])
        try:
            request = self.link.request(expressions)
        except (LookupError, ValueError) as error:
            raise NotStoppedError(f"the first event lacks {error} of the link") from None
        reply = self.sender.send(request, self.link.label)
        self.exchanges.append(reply)
        if reply.response.status // 100 != 2:  # noqa: PLR2004 - RFC 9110 §15.3
            raise NotStoppedError(f"the stop was answered with {reply.response.status}")

    def _feed(self, piece: bytes) -> None:
        # The last carriage return is held back until what follows it, or nothing, is known.
        text = self.decoder.decode(piece, final=not piece)
        events, self.rest = parse_events(self.rest + text)
        self.values += _decoded(events)


def _decoded(events: list[dict[str, Any]]) -> Iterator[Any]:
    for event in events:
        try:
            yield read_json(event["data"])
        except (KeyError, ValueError):
            continue


def _order_rules(subject: Subject, operation: Operation) -> dict[str, Any]:
    """`x-event-stream` of the operation's stream; empty if it has none."""
    for status in operation.value.get("responses", {}):
        pointer = join("", *operation.pointer, "responses", status)
        content = subject.schemas.follow(pointer)[1].get("content", {})
        rules = content.get(EVENT_STREAM, {}).get("x-event-stream")
        if isinstance(rules, dict):
            return rules
    return {}
