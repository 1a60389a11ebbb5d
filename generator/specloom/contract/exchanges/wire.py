"""Requests and answers as schemathesis holds them into ours, and back.

Knows nothing of checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import requests
from schemathesis import Response as Answer

from .exchange import Exchange, Request, Response

if TYPE_CHECKING:
    from specloom.diagnostics import Location


def as_exchange(name: str, answer: Answer, place: Location) -> Exchange:
    """An answer of schemathesis, and what it answers, as ours."""
    headers = {key.lower(): ", ".join(values) for key, values in answer.headers.items()}
    response = Response(
        answer.status_code,
        cut_short=answer.stream_cut_short,
        headers=headers,
        body=answer.content or b"",
    )
    version = headers.get("x-version", "")
    return Exchange(name, version, as_request(answer.request), response, place, answer.elapsed)


def as_request(sent: requests.PreparedRequest) -> Request:
    """What was sent as ours; the target is the whole URL."""
    return Request(
        sent.method or "",
        sent.url or "",
        headers={name.lower(): _text(value) for name, value in sent.headers.items()},
        body=_bytes(sent.body),
    )


def as_answer(exchange: Exchange) -> Answer:
    """The same the other way round."""
    sent = requests.PreparedRequest()
    sent.method, sent.url = exchange.request.method, exchange.request.target
    sent.headers = requests.structures.CaseInsensitiveDict(exchange.request.headers)
    sent.body = exchange.request.body or None
    return Answer(
        exchange.response.status,
        {name: [value] for name, value in exchange.response.headers.items()},
        exchange.response.body,
        sent,
        exchange.seconds,
        verify=True,
        stream_cut_short=exchange.response.cut_short,
    )


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _bytes(content: Any) -> bytes:
    return content.encode() if isinstance(content, str) else bytes(content or b"")
