"""Changes to what an operation works with: the apps that keys open, and the store."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from starlette.requests import Request
from starlette.responses import Response

from completion_server.faults.fault import Endpoint, Wrap
from completion_server.operations.service import Service
from completion_server.settings import App

if TYPE_CHECKING:
    from completion_server.storage import Store

Apps = tuple[App, ...]
# Gets the unchanged service, then what the store's method of that name gets.
Method = Callable[..., Awaitable[Any]]


def change_apps(change: Callable[[Request, Apps], Apps]) -> Wrap:
    """Let authentication see other apps."""

    def changed(request: Request, service: Service) -> Service:
        apps = change(request, service.settings.apps)
        return replace(service, settings=service.settings.model_copy(update={"apps": apps}))

    return _change_service(changed)


def change_store(**methods: Method) -> Wrap:
    """Let the operation see a store of which some methods are others."""

    def changed(_request: Request, service: Service) -> Service:
        return replace(service, store=cast("Store", _ChangedStore(service, methods)))

    return _change_service(changed)


def _change_service(change: Callable[[Request, Service], Service]) -> Wrap:
    def wrap(endpoint: Endpoint) -> Endpoint:
        async def changed(request: Request, service: Service) -> Response:
            return await endpoint(request, change(request, service))

        return changed

    return wrap


class _ChangedStore:
    """A store that does what it isn't told otherwise as the service's own does."""

    def __init__(self, service: Service, methods: dict[str, Method]) -> None:
        self._service = service
        self._methods = methods

    def __getattr__(self, name: str) -> Any:
        if name in self._methods:
            return partial(self._methods[name], self._service)
        return getattr(self._service.store, name)
