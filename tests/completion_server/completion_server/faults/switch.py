"""Switches faults on: those of a server for every request, and one request's own by a header."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from completion_server.dialects import BadArgument
from completion_server.faults.catalogue import UnknownFaultError, find
from completion_server.faults.fault import Endpoint, Fault, together
from completion_server.operations.service import Service
from completion_server.web.errors import ApiError, error_handlers
from completion_server.web.logs import note

HEADER = "X-Fault"


def switched(
    operation_id: str, endpoint: Endpoint, faults: Iterable[Fault] = (), *, by_header: bool = False
) -> Endpoint:
    """Give an endpoint with the faults that are of its operation; the request's log names them.

    With `by_header` a request may name more, separated by commas, in `X-Fault`; 400 for a fault
    that is unknown or of other operations.
    """
    always = [fault for fault in faults if operation_id in fault.operations]
    if not always and not by_header:
        return endpoint
    answering = _answering(endpoint)

    async def spoiled(request: Request, service: Service) -> Response:
        applied = [*always, *(_asked(request, operation_id) if by_header else ())]
        if not applied:
            return await endpoint(request, service)
        note(request, faults=",".join(fault.name for fault in applied))
        wrap = together(*(fault.wrap for fault in applied))
        return await wrap(answering)(request, service)

    return spoiled


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


def _answering(endpoint: Endpoint) -> Endpoint:
    """Answer errors that the operation raises, so that a fault can change them too."""

    async def answering(request: Request, service: Service) -> Response:
        try:
            return await endpoint(request, service)
        except (ApiError, BadArgument) as error:
            return await error_handlers(service.dialect)[type(error)](request, error)

    return answering
