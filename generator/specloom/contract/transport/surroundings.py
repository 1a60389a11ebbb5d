"""What a user's files and variables would change in requests, kept from changing them.

Knows nothing of what is asked.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import requests

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCAL = "localhost,127.0.0.0/8,::1"


@contextmanager
def own_surroundings() -> Iterator[None]:
    """Within the block no .netrc replaces a key, and no proxy is asked for this machine.

    requests reads both, and schemathesis makes its sessions itself: only variables tell them.
    """
    proxied_not = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
    local = ",".join(filter(None, (proxied_not, _LOCAL)))
    held = {"NETRC": os.devnull, "no_proxy": local}
    usual = {name: os.environ.get(name) for name in held}
    os.environ.update(held)
    try:
        yield
    finally:
        for name, value in usual.items():
            _put_back(name, value)


def proxies(url: str) -> dict[str, str]:
    """The proxies that the user's variables name for a URL, by scheme; none for this machine."""
    with own_surroundings():
        return dict(requests.utils.get_environ_proxies(url))


def _put_back(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
