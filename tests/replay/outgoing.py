"""Turns a recorded request into what is sent: its key put in, its ids ours, its body in bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.replay.curl_form import multipart, parse_part
from tests.replay.sent_files import sent_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.replay.carried import Carried
    from tests.replay.exchange import Exchange

# What scrubbing left of every key.
SCRUBBED = "app-KEY"
URL_ENCODED = "application/x-www-form-urlencoded"


class CannotSendError(Exception):
    """A recorded request that can't be sent again; says why."""


@dataclass(frozen=True)
class Outgoing:
    """A request as it goes over the wire; a name of a header may differ from the recorded case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


def outgoing(exchange: Exchange, keys: Mapping[str, str], carried: Carried) -> Outgoing:
    """Make the request; raises CannotSendError."""
    media_type, body = _body(exchange, carried)
    # curl leaves a header out that is given without a value.
    headers = {name: value for name, value in exchange.headers.items() if value}
    if media_type and "content-type" not in map(str.lower, exchange.headers):
        headers["Content-Type"] = media_type
    if any(SCRUBBED in value for value in headers.values()):
        key = _key(exchange.app, keys)
        headers = {name: value.replace(SCRUBBED, key) for name, value in headers.items()}
    return Outgoing(exchange.method, carried.put_into(exchange.path), headers, body)


def _key(app: str, keys: Mapping[str, str]) -> str:
    if app not in keys:
        raise CannotSendError(f"there are no settings of an app called {app!r}")
    return keys[app]


def _body(exchange: Exchange, carried: Carried) -> tuple[str | None, bytes]:
    """Give the media type that curl adds by itself, and the body."""
    if exchange.form:
        try:
            return multipart([parse_part(part, sent_file) for part in exchange.form])
        except (KeyError, ValueError) as error:
            raise CannotSendError(f"the form can't be made again: {error}") from error
    if exchange.text is None:
        return None, b""
    text = carried.put_into(exchange.text)
    if text.startswith("--") and "\n" not in text:
        # A multipart body, recorded as it was typed: with its line ends spelled out.
        text = text.replace(r"\r\n", "\r\n")
    return URL_ENCODED, text.encode()
