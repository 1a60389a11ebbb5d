"""Failures on a live server into the same with the known faults behind them.

A server says its version in `X-Version`; one that says none is taken for any of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from specloom.contract.answers.operations import base_paths, find_operation

from .excuses import Excuses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.contract.exchanges.exchange import Exchange
    from specloom.contract.transport.target import Target

    from .excuses import Unmet
    from .findings import FailedCheck
    from .known_faults import KnownFault


def explained(
    tree: dict[str, Any],
    target: Target,
    faults: Sequence[KnownFault],
    failures: Sequence[FailedCheck],
) -> tuple[list[FailedCheck], list[Unmet]]:
    """The failures, the known ones marked, and the known faults of the server that were not met."""
    excuses = Excuses(faults)
    marked = [replace(one, known=_reason(tree, target, excuses, one)) for one in failures]
    versions = {one.exchange.version for one in failures if one.exchange} - {""}
    return marked, excuses.unmet(versions or None)


def _reason(
    tree: dict[str, Any], target: Target, excuses: Excuses, failure: FailedCheck
) -> str | None:
    if failure.exchange is None:
        return None
    exchange = as_documented(tree, target, failure.exchange)
    addressed = find_operation(tree, exchange.request)
    if addressed is None:
        return None
    return excuses.reason(failure.check, failure.cause, exchange, addressed)


def as_documented(tree: dict[str, Any], target: Target, exchange: Exchange) -> Exchange:
    """The exchange as if its server were the document's first."""
    sent, base = urlsplit(exchange.request.target), urlsplit(target.url).path
    path = base_paths(tree)[0] + sent.path.removeprefix(base)
    request = replace(exchange.request, target=f"{path}?{sent.query}" if sent.query else path)
    return replace(exchange, request=request)
