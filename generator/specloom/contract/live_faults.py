"""A failure on a live server into the known fault behind it.

A server says its version in `X-Version`; one that says none is taken for any of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .operations import base_paths, find_operation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .exchange import Exchange
    from .findings import FailedCheck
    from .known_faults import KnownFault
    from .target import Target


def reason(
    tree: dict[str, Any], target: Target, faults: Iterable[KnownFault], failure: FailedCheck
) -> str | None:
    """Why a failure was to be expected of this server, or None."""
    if failure.exchange is None:
        return None
    exchange = _as_documented(tree, target, failure.exchange)
    addressed = find_operation(tree, exchange.request)
    if addressed is None:
        return None
    for fault in faults:
        if failure.check not in fault.checks:
            continue
        versions = [exchange.version] if exchange.version else fault.versions
        if any(fault.explains(replace(exchange, version=name), addressed) for name in versions):
            return fault.reason
    return None


def _as_documented(tree: dict[str, Any], target: Target, exchange: Exchange) -> Exchange:
    """The exchange as if its server were the document's first."""
    sent, base = urlsplit(exchange.request.target), urlsplit(target.url).path
    path = base_paths(tree)[0] + sent.path.removeprefix(base)
    request = replace(exchange.request, target=f"{path}?{sent.query}" if sent.query else path)
    return replace(exchange, request=request)
