"""What every operation works with."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from completion_server.dialects import DIALECTS, Dialect
from completion_server.models import Model, model_of
from completion_server.operations.running import Running
from completion_server.settings import App, ServerSettings
from completion_server.speech import Speaker, find_speaker
from completion_server.storage import Store

MOST_UPLOADS = 16


@dataclass(frozen=True)
class Service:
    """The settings of a server, and what answers, speaks and keeps for it."""

    settings: ServerSettings
    dialect: Dialect
    models: Mapping[str, Model]
    speaker: Speaker
    store: Store
    running: Running = field(default_factory=Running)
    # Each may fill a temporary file up to the largest size of any kind.
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_UPLOADS))

    def model(self, app: App) -> Model:
        """The model of an app."""
        return self.models[app.name]

    def answer(self, body: Any, status: int = 200) -> Response:
        """Answer JSON as the version writes it."""
        return Response(self.dialect.write(body), status, media_type="application/json")

    async def close(self) -> None:
        """End what is under way, then let go of models and store."""
        await self.running.end_all()
        for model in self.models.values():
            await model.close()
        await self.store.close()


# One of the nine: what answers a request that an app's key came with.
Operation = Callable[[Request, App, Service], Awaitable[Response]]


def create_service(settings: ServerSettings, store: Store) -> Service:
    """Put together what a server needs."""
    models = {app.name: model_of(app.model) for app in settings.apps}
    return Service(settings, DIALECTS[settings.compatibility], models, find_speaker(), store)
