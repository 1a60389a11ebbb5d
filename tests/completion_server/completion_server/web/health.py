"""Answers /healthz, outside /v1 and without a key: whether the server can work, no details."""

import asyncio
import logging
from collections.abc import Sized
from importlib import metadata

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from completion_server.storage import Store

CHECK_SECONDS = 2.0

logger = logging.getLogger(__name__)


def health_route(store: Store, running: Sized, compatibility: str) -> Route:
    """Make the route; 503 if the store can't be asked within two seconds."""

    async def healthz(_request: Request) -> Response:
        database = await _answers(store)
        body = {
            "status": "ok" if database else "unavailable",
            "version": _version(),
            "compatibility": compatibility,
            "checks": {"database": "ok" if database else "unavailable"},
            "running": len(running),
        }
        return JSONResponse(body, 200 if database else 503)

    return Route("/healthz", healthz, methods=["GET"])


async def _answers(store: Store) -> bool:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await store.check()
    except Exception:
        # Logged, not answered: the reason may name a host or a user of the database.
        logger.exception("the database can't be asked")
        return False
    return True


def _version() -> str:
    try:
        return metadata.version("completion-server")
    except metadata.PackageNotFoundError:
        return "unknown"
