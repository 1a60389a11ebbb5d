"""The application: each request through the same gates, then what its method does to resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from . import breakages, replies
from .actions import Actions
from .bodies import WrongBodyError, read_body
from .document import Document
from .parameters import read_parameters
from .resources import Resources
from .routes import base_path, find, operations
from .security import challenges
from .texts import WrongTextError

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from .routes import Operation, Route

INVALID = (400, 422)


class DocumentServer:
    """An ASGI application that does what a document says, but for a breakage."""

    def __init__(self, tree: dict[str, Any], key: str = "", breakage: str = "") -> None:
        if breakage and breakage not in breakages.NAMES:
            raise ValueError(f"no breakage is called {breakage!r}")
        self._document = Document(tree)
        self._operations = operations(self._document)
        resources = Resources(self._document, self._operations)
        self._actions = Actions(self._document, resources, breakage)
        self._key = key
        self._breakage = breakage

    @property
    def base_path(self) -> str:
        """Where it serves, as the document says."""
        return base_path(self._document)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("ascii", "replace").partition("?")[0]
        base = self.base_path
        route = find(self._operations, path.removeprefix(base)) if path.startswith(base) else None
        if route is None:
            return Response(status_code=404)
        operation = route.operations.get(request.method)
        if operation is None:
            if self._breakage == breakages.ANY_METHOD:
                return Response(status_code=200)
            return Response(status_code=405, headers={"Allow": ", ".join(route.operations)})
        return await self._authorized(operation, route, request)

    async def _authorized(self, operation: Operation, route: Route, request: Request) -> Response:
        asked = challenges(self._document, operation, request, self._key)
        if asked and self._breakage != breakages.IGNORES_KEY:
            response = replies.refusal(self._document, operation, (401, 403))
            if self._breakage != breakages.NO_CHALLENGE:
                response.headers["WWW-Authenticate"] = ", ".join(asked)
            return response
        return await self._checked(operation, route, request)

    async def _checked(self, operation: Operation, route: Route, request: Request) -> Response:
        try:
            values = read_parameters(self._document, operation, route, request)
            body = await read_body(self._document, operation, request)
        except (WrongTextError, WrongBodyError) as error:
            if self._breakage == breakages.ACCEPTS_ANYTHING:
                return replies.success(self._document, operation)
            wanted = error.wanted if isinstance(error, WrongBodyError) else INVALID
            return replies.refusal(self._document, operation, wanted)
        if self._breakage == breakages.REFUSES_RIGHT and body is not None:
            return replies.refusal(self._document, operation, INVALID)
        long = breakages.has_long_text([values, body])
        if self._breakage == breakages.CRASHES_ON_LONG_TEXT and long:
            return Response(status_code=500)
        return breakages.spoiled(self._breakage, self._actions.answer(operation, values, body))
