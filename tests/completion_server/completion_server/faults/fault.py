"""What a fault is: a name, what it does, which operations it spoils, and how; knows no fault."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from completion_server.operations.service import Service

# Authentication and an operation together. Its errors are raised, or have become responses.
Endpoint = Callable[[Request, Service], Awaitable[Response]]
Wrap = Callable[[Endpoint], Endpoint]


@dataclass(frozen=True)
class Fault:
    """A named way of being broken: `wrap` makes an endpoint of its operations break so.

    `operations` are operationIds. What `wrap` gets answers errors; it doesn't raise them.
    """

    name: str
    summary: str
    operations: frozenset[str]
    wrap: Wrap


def together(*wraps: Wrap) -> Wrap:
    """Join several; the first is nearest to the operation."""

    def wrap(endpoint: Endpoint) -> Endpoint:
        for each in wraps:
            endpoint = each(endpoint)
        return endpoint

    return wrap
