"""A small endpoint that speaks OpenAI's chat completions over a socket, well or badly.

The model's name in a request chooses what it answers; see `FIXED` and `_slowly`.
"""

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

SSE = "text/event-stream; charset=utf-8"
JSON = "application/json; charset=utf-8"


def event(chunk: Any) -> bytes:
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def delta(**fields: Any) -> bytes:
    return event({"choices": [{"index": 0, "delta": fields, "finish_reason": None}]})


def error_json(message: str, code: str | None = None) -> bytes:
    return json.dumps({"error": {"message": message, "type": "t", "code": code}}).encode()


FINISH = event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
USAGE = event({"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 2}})
DONE = b"data: [DONE]\n\n"
HELLO = delta(content="Hello") + delta(content=" World")
WHOLE = {
    "choices": [{"message": {"role": "assistant", "content": "Hello World"}}],
    "usage": {"prompt_tokens": 7, "completion_tokens": 2},
}

# What is sent as an event stream, by the model's name.
STREAMS: dict[str, bytes] = {
    "good": delta(role="assistant", content="") + HELLO + FINISH + USAGE + DONE,
    "without-usage": HELLO + FINISH + DONE,
    "odd-deltas": b": keep-alive\n\n" + delta(role="assistant") + delta() + delta(content=None)
    + event({"choices": None}) + event({"choices": [None]}) + event({"choices": [{"delta": None}]})
    + event({}) + b"data:\n\n" + HELLO + event({"choices": [{"delta": {"content": 5}}]})
    + FINISH + DONE,
    "crlf": (HELLO + USAGE + DONE).replace(b"\n", b"\r\n"),
    "cr": (HELLO + USAGE + DONE).replace(b"\n", b"\r"),
    "no-space": (HELLO + USAGE + DONE).replace(b"data: ", b"data:"),
    "two-lines": b'data: {"choices":\ndata: [{"delta": {"content": "Hello World"}}]}\n\n' + DONE,
    "odd-usage": HELLO + event({"usage": {"prompt_tokens": True, "completion_tokens": 2}}) + DONE,
    "halves": delta(content="\ud83d") + delta(content="\ude00") + DONE,
    "error-midway": HELLO + event({"error": {"message": "It broke.", "code": None}}) + DONE,
    "limit-midway": HELLO + event({"error": {"message": "Slow down.", "code": 429}}) + DONE,
    "error-object": event({"object": "error", "message": "Too much.", "code": 400}) + DONE,
    "ended-early": HELLO + FINISH,
    "malformed": HELLO + b"data: {not json\n\n" + DONE,
    "deep": HELLO + b"data: " + b"[" * 200_000 + b"\n\n" + DONE,
    "a-list": HELLO + b"data: [1]\n\n" + DONE,
    "long-line": HELLO + b"data: " + b"x" * 3_000_000,
    "after-done": HELLO + DONE + HELLO * 3,
}  # fmt: skip


# What is answered at once: status, media type and body, by the model's name.
FIXED: dict[str, tuple[int, str, bytes]] = {
    **{name: (200, SSE, stream) for name, stream in STREAMS.items()},
    "whole": (200, JSON, json.dumps(WHOLE).encode()),
    "huge-whole": (200, JSON, b'"' + b"x" * 5_000_000),
    "html": (200, "text/html", b"<html>"),
    "unauthorized": (401, JSON, error_json("Incorrect API key: sk-***.", "invalid_api_key")),
    "forbidden": (403, JSON, error_json("Not for you.")),
    "limited": (429, JSON, error_json("Slow down.", "rate_limit_exceeded")),
    "no-quota": (429, JSON, error_json("You exceeded your quota.", "insufficient_quota")),
    "no-money": (402, JSON, error_json("Pay first.")),
    "no-model": (404, JSON, error_json("The model does not exist.", "model_not_found")),
    "no-path": (404, JSON, b'{"detail": "Not Found"}'),
    "bad": (400, JSON, error_json("A message is " + "very " * 1000 + "long.")),
    "down": (503, "text/html", b"<html>Bad gateway</html>"),
    "flood": (500, JSON, error_json("x" * 5_000_000)),
    "nested": (500, JSON, b"[" * 60_000),
}


@dataclass
class ChatCompletionsServer:
    """Where it listens, what it was asked, and whether an endless answer was left."""

    base_url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)

    async def answer(self, request: Request) -> Response:
        body = await request.json()
        assert request.client is not None
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        self.ports.append(request.client.port)
        return self._answer(body["model"], request.headers.get("authorization", ""))

    def _answer(self, model: str, authorization: str) -> Response:
        if model in FIXED:
            status, media_type, content = FIXED[model]
            return Response(content, status, media_type=media_type)
        match model:
            case "echo":
                said = f"You sent {authorization} " + authorization * 100
                return Response(error_json(said), 400, media_type=JSON)
            case "echo-midway":
                return Response(HELLO + event({"error": authorization}), media_type=SSE)
            case "redirect":
                return RedirectResponse("/elsewhere")
        return StreamingResponse(self._slowly(model), media_type=SSE)

    async def _slowly(self, model: str) -> AsyncIterator[bytes]:
        yield HELLO
        try:
            if model == "cut":
                raise ConnectionError
            if model == "lingering":
                yield DONE
            while model != "silent":
                yield delta(content="x" * 10_000) if model == "endless" else b": wait\n\n"
                await asyncio.sleep(0.01)
            await asyncio.sleep(20)
        finally:
            self.left.set()


@contextlib.contextmanager
def chat_completions_server() -> Iterator[ChatCompletionsServer]:
    """Serve on a free port of this machine until the block is left."""
    endpoint = ChatCompletionsServer()
    app = Starlette(routes=[Route("/v1/chat/completions", endpoint.answer, methods=["POST"])])
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1, lifespan="off")
    config.log_level = "critical"
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    endpoint.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield endpoint
    server.should_exit = True
    thread.join(10)
    listener.close()
