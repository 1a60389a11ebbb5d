"""Exchanges into JSON and back, as `report.json` holds them: without the key, bounded in size.

Knows nothing of findings. A body is `{"text": …}` or `{"base64": …}`; one that is cut has its
whole `size` in bytes beside it.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Location

from .exchange import Exchange, Request, Response
from .transport_headers import meant

if TYPE_CHECKING:
    from specloom.contract.transport.target import Target

    from .exchange import Headers

LONGEST: Final = 64 * 1024
"""Bytes of a body that are kept."""


def plain_exchange(exchange: Exchange, target: Target) -> dict[str, Any]:
    """The exchange as JSON; the request's target is what follows the server's base URL."""
    request, response = exchange.request, exchange.response
    return {
        "name": target.redact(exchange.name),
        "version": target.redact(exchange.version),
        "seconds": round(exchange.seconds, 3),
        "request": {
            "method": target.redact(request.method),
            "target": target.redact_url(below(request.target, target)),
            "headers": _redacted(request.headers, target),
            "body": _plain_body(target.redact_bytes(request.body)),
        },
        "response": {
            "status": response.status,
            "headers": _redacted(response.headers, target),
            "body": _plain_body(target.redact_bytes(response.body)),
            "cut_short": response.cut_short,
        },
    }


def below(url: str, target: Target) -> str:
    """What follows a server's base URL in a URL; one that is elsewhere stays as it is."""
    rest = url.removeprefix(target.url)
    return rest if rest.startswith(("/", "?")) else url


def _redacted(headers: Headers, target: Target) -> dict[str, str]:
    return {
        target.redact(name): target.redact_header(name, value)
        for name, value in meant(headers).items()
    }


def _plain_body(body: bytes) -> dict[str, Any]:
    size = {"size": len(body)} if len(body) > LONGEST else {}
    try:
        # What is cut may end within a character.
        text = body.decode("utf-8").encode("utf-8")[:LONGEST].decode("utf-8", "ignore")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body[:LONGEST]).decode(), **size}
    return {"text": text, **size}


def read_exchange(plain: dict[str, Any]) -> Exchange:
    """The exchange that JSON holds. Raises KeyError, TypeError or ValueError if it holds none."""
    request, response = plain["request"], plain["response"]
    return Exchange(
        plain["name"],
        plain["version"],
        Request(
            request["method"],
            request["target"],
            headers=dict(request["headers"]),
            body=_body(request["body"]),
        ),
        Response(
            response["status"],
            cut_short=response["cut_short"],
            headers=dict(response["headers"]),
            body=_body(response["body"]),
        ),
        Location(""),
        float(plain["seconds"]),
    )


def _body(plain: dict[str, Any]) -> bytes:
    if "text" in plain:
        return str(plain["text"]).encode()
    return base64.b64decode(plain["base64"], validate=True)
