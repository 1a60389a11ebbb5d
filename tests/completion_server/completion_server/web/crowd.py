"""Bounds how many requests an application serves at once; knows not what is said past the bound."""

from starlette.types import ASGIApp, Receive, Scope, Send

# Whoever watches the server must tell a crowd from a failure.
EXEMPT = "/healthz"


def with_limit(app: ASGIApp, most: int, answer: ASGIApp) -> ASGIApp:
    """Wrap an application so that `answer` takes each request past `most` that are under way.

    A request is under way until the application is done with it, a stream until it has ended.
    """
    under_way = 0

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal under_way
        if scope["type"] != "http" or scope["path"] == EXEMPT:
            await app(scope, receive, send)
            return
        if under_way >= most:
            await answer(scope, receive, send)
            return
        under_way += 1
        try:
            await app(scope, receive, send)
        finally:
            under_way -= 1

    return wrapped
