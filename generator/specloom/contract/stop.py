"""A stream that is stopped while it runs: `[[contract.stops]]` into failed checks.

The link says how to stop it; what it takes from the answer's body it gets from the first event.
"""

from __future__ import annotations

import json
import re
import shlex
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import httpx2

from specloom.document.pointer import join
from specloom.event_stream import EVENT_STREAM, order_faults, parse_events

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


class NotStoppedError(Exception):
    """The stream was not stopped as it should be; the message says what happened."""


def check_stop(subject: Subject, target: Target, stop: Stop, link: Link) -> FailedCheck | None:
    """Start a stream, stop it after its first event, and see that it ends, soon and in order."""
    label, operation = subject.named(stop.operation)
    method, _, path = label.partition(" ")
    try:
        with (
            httpx2.Client(base_url=target.url, headers=target.headers, timeout=TIMEOUT) as client,
            client.stream(method, path, json=stop.body) as answer,
        ):
            _Stopping(client, answer, stop, link).run(_order_rules(subject, operation))
    except NotStoppedError as error:
        message = str(error)
    except httpx2.HTTPError as error:
        message = f"{type(error).__name__}: {error}"
    else:
        return None
    return FailedCheck(
        check=CHECK,
        operation=operation.id,
        cause=re.sub(r"[\d.]+", "*", message),
        message=target.redact(message),
        severity="high",
        phase=PHASE,
        place=subject.document.locate(join("", *operation.pointer)),
        steps=(target.redact(_curl(target, method, path, stop)),),
    )


@dataclass(slots=True)
class _Stopping:
    """A stream that is being read, and the way to stop it."""

    client: httpx2.Client
    answer: httpx2.Response
    stop: Stop
    link: Link
    received: bytes = b""
    deadline: float = field(default=float("inf"))

    def run(self, rules: dict[str, Any]) -> None:
        """Read, stop, read on. Raises NotStoppedError."""
        kind = self.answer.headers.get("content-type", "")
        if not kind.startswith(EVENT_STREAM):
            status = self.answer.status_code
            raise NotStoppedError(f"no stream came back, but {status} {kind or 'without a type'}")
        for piece in self.answer.iter_bytes():
            self.received += piece
            if self.deadline == float("inf") and self._values():
                self._send_stop(self._values()[0])
                self.deadline = time.monotonic() + self.stop.within
            if time.monotonic() > self.deadline:
                raise NotStoppedError(f"it still ran {self.stop.within:g} seconds after the stop")
        if self.deadline == float("inf"):
            raise NotStoppedError("the stream ended before its first event")
        for message in order_faults(self._values(), rules):
            raise NotStoppedError(f"after the stop, {message}")

    def _send_stop(self, event: Any) -> None:
        try:
            method, path, body = self.link.request(self.stop.body, event)
        except LookupError as error:
            raise NotStoppedError(f"the first event lacks {error} of the link") from None
        reply = self.client.request(method, path, json=body)
        if not reply.is_success:
            raise NotStoppedError(f"the stop was answered with {reply.status_code}")

    def _values(self) -> list[Any]:
        """The data of the events so far, keep-alives left out."""
        text = self.received.decode("utf-8", "ignore")
        return list(_decoded(parse_events(text)[0]))


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
    headers = {**target.headers, "Content-Type": "application/json"}
    shown = " ".join(f"-H {shlex.quote(f'{name}: {value}')}" for name, value in headers.items())
    body = shlex.quote(json.dumps(stop.body, ensure_ascii=False))
    return f"curl -N -X {method} {shown} -d {body} {target.url}{path}"
