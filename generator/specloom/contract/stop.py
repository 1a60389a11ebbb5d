"""A stream that is stopped while it runs: `[[contract.stops]]` into failed checks.

The link says how to stop it; what it takes from the answer's body it gets from the first event.
"""

from __future__ import annotations

import codecs
import io
import json
import math
import re
import shlex
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import requests
import urllib3

from specloom.document.pointer import join
from specloom.event_stream import EVENT_STREAM, order_faults, parse_events

from .failures import NO_ANSWER
from .findings import FailedCheck
from .target import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .links import Link
    from .operations import Operation
    from .settings import Stop
    from .subject import Subject
    from .target import Target

CHECK: Final = "stop_ends_stream"
PHASE: Final = "stop"
_PIECE: Final = 64 * 1024
_MOMENT: Final = 0.2


class NotStoppedError(Exception):
    """The stream was not stopped as it should be; the message says what happened."""


def check_stop(subject: Subject, target: Target, stop: Stop, link: Link) -> FailedCheck | None:
    """Start a stream, stop it after its first event, and see that it ends, soon and in order."""
    label, operation = subject.named(stop.operation)
    method, _, path = label.partition(" ")
    try:
        with (
            requests.Session() as client,
            _send(client, target, method, path, stop.body, stream=True) as answer,
        ):
            rules = _order_rules(subject, operation)
            _Stopping(client, target, answer, stop, link, rules).run()
    except NotStoppedError as error:
        check, message = CHECK, target.redact(str(error))
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        check, message = NO_ANSWER, target.redact(f"{type(error).__name__}: {error}")
    else:
        return None
    return FailedCheck(
        check=check,
        operation=operation.id,
        cause=re.sub(r"[\d.]+", "*", message),
        message=message,
        severity="high",
        phase=PHASE,
        place=subject.document.locate(join("", *operation.pointer)),
        steps=(target.redact(_curl(target, method, path, stop)),),
    )


def _send(  # noqa: PLR0913 - all that a request is made of
    client: requests.Session, target: Target, method: str, path: str, body: Any, *, stream: bool
) -> requests.Response:
    return client.request(
        method,
        target.url + path,
        json=body,
        headers=target.headers,
        timeout=TIMEOUT,
        stream=stream,
        allow_redirects=False,
    )


def _newlines_decoder() -> io.IncrementalNewlineDecoder:
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    return io.IncrementalNewlineDecoder(decoder, translate=True)


@dataclass(slots=True)
class _Stopping:
    """A stream that is being read, and the way to stop it; `values` are the events' data so far."""

    client: requests.Session
    target: Target
    answer: requests.Response
    stop: Stop
    link: Link
    rules: dict[str, Any]
    values: list[Any] = field(default_factory=list)
    decoder: io.IncrementalNewlineDecoder = field(default_factory=_newlines_decoder)
    rest: str = ""

    def run(self) -> None:
        """Read, stop, read on. Raises NotStoppedError."""
        kind = self.answer.headers.get("content-type", "")
        if not kind.startswith(EVENT_STREAM):
            status = self.answer.status_code
            raise NotStoppedError(f"no stream came back, but {status} {kind or 'without a type'}")
        pieces = iter(lambda: self.answer.raw.read1(_PIECE, decode_content=True), b"")
        self._read_until_it_runs(pieces)
        self._send_stop()
        deadline = time.monotonic() + self.stop.within
        for piece in pieces:
            self._feed(piece)
            if time.monotonic() > deadline:
                raise NotStoppedError(f"it still ran {self.stop.within:g} seconds after the stop")
        self._feed(b"")
        for message in order_faults(self.values, self.rules):
            raise NotStoppedError(f"after the stop, {message}")

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
            raise NotStoppedError("the stream ended before it could be stopped")
        if self._has_ended():
            raise NotStoppedError("the stream had its end before it could be stopped")

    def _has_ended(self) -> bool:
        tag, ends = self.rules.get("tag", ""), self.rules.get("ends", ())
        return any(isinstance(value, dict) and value.get(tag) in ends for value in self.values)

    def _send_stop(self) -> None:
        try:
            method, path, body = self.link.request(self.stop.body, self.values[0])
        except LookupError as error:
            raise NotStoppedError(f"the first event lacks {error} of the link") from None
        reply = _send(self.client, self.target, method, path, body, stream=False)
        if not reply.ok:
            raise NotStoppedError(f"the stop was answered with {reply.status_code}")

    def _feed(self, piece: bytes) -> None:
        # The last carriage return is held back until what follows it, or nothing, is known.
        text = self.decoder.decode(piece, final=not piece)
        events, self.rest = parse_events(self.rest + text)
        self.values += _decoded(events)


def _decoded(events: list[dict[str, Any]]) -> Iterator[Any]:
    for event in events:
        try:
            yield json.loads(event["data"])
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


def _curl(target: Target, method: str, path: str, stop: Stop) -> str:
    headers = {**target.shown_headers, "Content-Type": "application/json"}
    shown = " ".join(f"-H {shlex.quote(f'{name}: {value}')}" for name, value in headers.items())
    body = shlex.quote(json.dumps(stop.body, ensure_ascii=False))
    return f"curl -N -X {method} {shown} -d {body} {target.url}{path}"
