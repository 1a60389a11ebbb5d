"""Switches faults on: those of a server for every request, and one request's own by a header."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from completion_server.dialects import BadArgument
from completion_server.faults.catalogue import UnknownFaultError, find
from completion_server.faults.fault import Endpoint, Fault
from completion_server.operations.service import Service
from completion_server.web.errors import ApiError, error_handlers

HEADER = "X-Fault"


def switched(
    operation_id: str, endpoint: Endpoint, faults: Iterable[Fault] = (), *, by_header: bool = False
) -> Endpoint:
    """Give an endpoint with the faults that are of its operation.

    With `by_header` a request may name more, separated by commas, in `X-Fault`; 400 for a fault
    that is unknown or of other operations.
    """
    always = [fault for fault in faults if operation_id in fault.operations]
    spoiled = _spoiled(_answering(endpoint), always) if always else endpoint
    if not by_header:
        return spoiled

    async def by_request(request: Request, service: Service) -> Response:
        asked = _asked(request, operation_id)
        chosen = _spoiled(_answering(spoiled), asked) if asked else spoiled
        return await chosen(request, service)

    return by_request


def _asked(request: Request, operation_id: str) -> list[Fault]:
    names = [name.strip() for name in request.headers.get(HEADER, "").split(",")]
    return [_of(name, operation_id) for name in names if name]


def _of(name: str, operation_id: str) -> Fault:
    try:
        fault = find(name)
    except UnknownFaultError as error:
        raise ApiError(400, "unknown_fault", str(error)) from None
    if operation_id not in fault.operations:
        message = f"the fault {name} is of {', '.join(sorted(fault.operations))}"
        raise ApiError(400, "unknown_fault", message)
    return fault


def _spoiled(endpoint: Endpoint, faults: Iterable[Fault]) -> Endpoint:
    for fault in faults:
        endpoint = fault.wrap(endpoint)
    return endpoint


def _answering(endpoint: Endpoint) -> Endpoint:
    """Answer errors that the operation raises, so that a fault can change them too."""

    async def answering(request: Request, service: Service) -> Response:
        try:
            return await endpoint(request, service)
        except (ApiError, BadArgument) as error:
            return await error_handlers(service.dialect)[type(error)](request, error)

    return answering
