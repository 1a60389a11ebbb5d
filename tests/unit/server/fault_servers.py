"""A server without faults beside one with, on the same service."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from completion_server.routes import create_asgi_app
from tests.unit.server.fault_client import KEY, Client
from tests.unit.server.fault_requests import ALICE, FORM_TYPE, completion, form

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from completion_server.operations.service import Service


@dataclass(frozen=True)
class Servers:
    """`plain` is for what goes before; `faulty` is what is looked at."""

    plain: Client
    faulty: Client
    service: Service

    async def message(self, user: str = ALICE, key: str = KEY) -> str:
        """Have a message made, without faults."""
        answer = await self.plain.ask(
            "createCompletionMessage", completion(user=user), authorization=f"Bearer {key}"
        )
        return str(answer.json["message_id"])

    async def file(self, user: str, key: str = KEY) -> str:
        """Have a file kept, without faults."""
        body = form("a.txt", b"hello", user)
        answer = await self.plain.ask(
            "uploadFile", body, content_type=FORM_TYPE, authorization=f"Bearer {key}"
        )
        return str(answer.json["id"])

    @asynccontextmanager
    async def messages(self, *owners: tuple[str, str]) -> AsyncIterator[list[str]]:
        """Have a message made for each user and key; their ratings are gone at the end."""
        made = [await self.message(user, key) for user, key in owners]
        try:
            yield made
        finally:
            for message_id in made:
                await self.service.store.unrate(message_id)


def servers(service: Service, faults: tuple[str, ...] = ()) -> Servers:
    """Serve with these faults, and without."""
    settings = service.settings.model_copy(update={"faults": faults})
    faulty = replace(service, settings=settings)
    return Servers(Client(create_asgi_app(service)), Client(create_asgi_app(faulty)), service)
