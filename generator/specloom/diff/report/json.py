"""A difference into JSON for programs; its keys stay as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from specloom.text import printable

if TYPE_CHECKING:
    from specloom.diff.client import ClientChange
    from specloom.diff.difference import Difference, Placed


def render(difference: Difference) -> str:
    """An object of `changes`, on the wire, and `client`; null if none can be made of both."""
    plain = {
        "changes": [_change(placed) for placed in difference.wire],
        "client": _client(difference),
    }
    text = json.dumps(plain, ensure_ascii=False, indent=2)
    # A terminal obeys some characters, and shows lines in another order for others.
    return text if printable(text) == text else json.dumps(plain, indent=2)


def _change(placed: Placed) -> dict[str, Any]:
    change, place = placed.change, placed.place
    return {
        "code": change.rule.code,
        "rule": change.rule.name,
        "message": change.message,
        "clients": change.clients.value,
        "servers": change.servers.value,
        "direction": change.direction,
        "operations": list(change.operations),
        "old": change.old,
        "new": change.new,
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }


def _client(difference: Difference) -> dict[str, Any] | None:
    if difference.client is None:
        return None
    return {
        "version": difference.version,
        "next_version": difference.next_version,
        "level": difference.level.value if difference.level else None,
        "changes": [_client_change(change) for change in difference.client],
    }


def _client_change(change: ClientChange) -> dict[str, Any]:
    return {
        "code": change.rule.code,
        "rule": change.rule.name,
        "message": change.message,
        "level": change.level.value,
        "where": change.where,
        "operation": change.operation or None,
    }
