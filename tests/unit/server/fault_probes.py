"""Requests that together show what a server does, operation by operation, as comparable text."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from completion_server.routes import create_asgi_app
from tests.unit.server.fault_client import KEY, PATIENCE, Answer, Client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from completion_server.operations.service import Service

OTHER_KEY, CLOSED_KEY = "app-other", "app-closed"
ALICE, BOB = "alice", "bob"
UNKNOWN = "00000000-0000-4000-8000-00000000dead"


@dataclass(frozen=True)
class Probes:
    """A server without faults, for what goes before, and the one that is looked at."""

    plain: Client
    client: Client
    service: Service

    async def message(self, user: str = ALICE, key: str = KEY) -> str:
        """Have a message made, without faults."""
        body = completion(user=user)
        answer = await self.plain.ask(
            "createCompletionMessage", body, authorization=f"Bearer {key}"
        )
        return str(answer.json["message_id"])

    async def file(self, user: str, key: str = KEY) -> str:
        """Have a file kept, without faults."""
        body = form("a.txt", b"hello", user)
        answer = await self.plain.ask(
            "uploadFile", body, content_type=FORM_TYPE, authorization=f"Bearer {key}"
        )
        return str(answer.json["id"])


def probes(service: Service, faults: tuple[str, ...] = ()) -> Probes:
    """Look at an application with these faults."""
    settings = service.settings.model_copy(update={"faults": faults})
    plain = Client(create_asgi_app(service))
    faulty = type(service)(
        settings, service.dialect, service.models, service.speaker, service.store, service.running
    )
    return Probes(plain, Client(create_asgi_app(faulty)), service)


async def transcript(operation: str, seen: Probes) -> AsyncIterator[str]:
    """Ask an operation what its probes ask; gives comparable text for each."""
    for probe in PROBES[operation]:
        answers = await probe(seen)
        yield _comparable("\n".join(answer.shown() for answer in answers))


UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
VARYING = {
    re.compile(r'("latency": ?)[0-9.e-]*[0-9]'): r"\1L",
    re.compile(r"\b20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?"): "DATE",
    re.compile(r"\b(nonce|sign)=[0-9a-f]{32}"): r"\1=N",
}
SECONDS = re.compile(r"\b1[0-9]{9}\b")


def _comparable(text: str) -> str:
    """Name ids, and seconds since 1970, by the order in which they come."""
    for pattern, replacement in VARYING.items():
        text = pattern.sub(replacement, text)
    return _numbered(SECONDS, "T", _numbered(UUID, "U", text))


def _numbered(pattern: re.Pattern[str], letter: str, text: str) -> str:
    seen: dict[str, str] = {}
    return pattern.sub(lambda found: seen.setdefault(found[0], f"{letter}{len(seen)}"), text)


# What is sent

FORM_TYPE = "multipart/form-data; boundary=bound"
DEEP = json.loads("[" * 30 + "]" * 30)


def completion(**others: Any) -> dict[str, Any]:
    return {"inputs": {"query": "[[say:one two three four five]]"}, "user": ALICE, **others}


def form(name: str, content: bytes, user: str, media_type: str = "text/plain") -> bytes:
    return (
        (
            f'--bound\r\nContent-Disposition: form-data; name="user"\r\n\r\n{user}\r\n'
            f'--bound\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: {media_type}\r\n\r\n"
        ).encode()
        + content
        + b"\r\n--bound--\r\n"
    )


def keys(operation: str, **request: Any) -> list[Any]:
    """Probe what opens an operation."""

    def probe(authorization: str | None) -> Any:
        async def asked(seen: Probes) -> list[Answer]:
            return [await seen.client.ask(operation, authorization=authorization, **request)]

        return asked

    wanted = (f"bearer {KEY}", None, "Bearer nonsense", f"Basic {KEY}", KEY, f"Bearer {CLOSED_KEY}")
    return [probe(each) for each in (*wanted, f"Bearer {OTHER_KEY}")]


def bodies(operation: str, good: dict[str, Any], path: str = "") -> list[Any]:
    """Probe bodies that are bad in ways common to all operations with JSON bodies."""

    def probe(body: Any, content_type: str = "application/json") -> Any:
        async def asked(seen: Probes) -> list[Answer]:
            return [await seen.client.ask(operation, body, path=path, content_type=content_type)]

        return asked

    without_user = {name: value for name, value in good.items() if name != "user"}
    return [
        probe(without_user),
        probe({**good, "user": ["alice"]}),
        probe({**good, "user": "12345"}),
        probe({**good, "user": "al\0ice"}),
        probe({**good, "unknown": DEEP}),
        probe([good]),
        probe(b"{"),
        probe(good, "text/plain"),
        probe({"user": ALICE}),
    ]


def asking(operation: str, *requests: dict[str, Any]) -> list[Any]:
    """Probe one request after another."""

    def probe(request: dict[str, Any]) -> Any:
        async def asked(seen: Probes) -> list[Answer]:
            return [await seen.client.ask(operation, **request)]

        return asked

    return [probe(each) for each in requests]


def odd_texts(operation: str, make: Callable[[Any], dict[str, Any]]) -> list[Any]:
    texts = ("x" * 4001, "e\u0301 😀", "a\0b", "", 5)
    return asking(operation, *({"body": make(text)} for text in texts))


async def use_files(seen: Probes) -> list[Answer]:
    answers = []
    for user, key in ((ALICE, KEY), (BOB, KEY), (BOB, OTHER_KEY)):
        file = {"type": "image", "transfer_method": "local_file"}
        file["upload_file_id"] = await seen.file(user, key)
        answers.append(await seen.client.ask("createCompletionMessage", completion(files=[file])))
    return answers


async def upload_two(seen: Probes) -> list[Answer]:
    first, second = form("a.png", b"12345", ALICE, "image/png"), form("b.txt", b"1", BOB)
    return [
        await seen.client.ask("uploadFile", body, content_type=FORM_TYPE)
        for body in (first, second)
    ]


async def rate(seen: Probes) -> list[Answer]:
    """Rate, change, revoke, revoke again; others' messages; what is listed between."""
    mine, bobs, others = (
        await seen.message(),
        await seen.message(BOB),
        await seen.message(ALICE, OTHER_KEY),
    )
    answers = []
    try:
        for message_id, body in (
            (mine, {"rating": "like", "content": "very good"}),
            (mine, {"rating": "dislike"}),
            (mine, {"rating": None}),
            (mine, {"rating": None}),
            (bobs, {"rating": "like"}),
            (others, {"rating": "like"}),
            (UNKNOWN, {"rating": "like"}),
        ):
            whole = {"user": ALICE, **body}
            answers.append(await seen.client.ask("postMessageFeedback", whole, path=message_id))
            answers.append(await seen.plain.ask("getAppFeedbacks"))
    finally:
        for message_id in (mine, bobs, others):
            await seen.service.store.unrate(message_id)
    return answers


async def rate_oddly(seen: Probes) -> list[Answer]:
    message_id = await seen.message()
    answers = []
    try:
        for body in (
            {"rating": "love"},
            {"rating": "like", "content": 5},
            {"rating": "like", "content": None},
            {"rating": "like", "content": "x" * 4001},
            {"rating": "like", "content": "e\u0301 😀"},
            {"rating": "like", "content": "a\0b"},
        ):
            whole = {"user": ALICE, **body}
            answers.append(await seen.client.ask("postMessageFeedback", whole, path=message_id))
    finally:
        await seen.service.store.unrate(message_id)
    return answers


async def list_pages(seen: Probes) -> list[Answer]:
    users = ((ALICE, KEY), (BOB, KEY), (ALICE, KEY), (ALICE, KEY), (ALICE, OTHER_KEY))
    messages = [await seen.message(*each) for each in users]
    try:
        for (user, key), message_id in zip(users, messages, strict=True):
            body = {"rating": "like", "user": user}
            await seen.plain.ask(
                "postMessageFeedback", body, path=message_id, authorization=f"Bearer {key}"
            )
        return [
            await seen.client.ask("getAppFeedbacks", query=query)
            for query in ("", "limit=2", "limit=2&page=2", "limit=2&page=3")
        ]
    finally:
        for message_id in messages:
            await seen.service.store.unrate(message_id)


async def speak_messages(seen: Probes) -> list[Answer]:
    wanted = (await seen.message(), await seen.message(BOB), await seen.message(ALICE, OTHER_KEY))
    return [
        await seen.client.ask("textToAudio", {"message_id": each, "user": ALICE})
        for each in (*wanted, UNKNOWN)
    ]


async def stop_running(seen: Probes) -> list[Answer]:
    """Stop one of two tasks as another user, then as its own."""
    body = completion(inputs={"query": "[[slow:30:1]]"}, response_mode="streaming")
    earlier = set(seen.service.running._stops)
    tasks = [
        asyncio.create_task(seen.client.ask("createCompletionMessage", {**body, "user": user}))
        for user in (ALICE, BOB)
    ]
    running = await _started(seen, earlier, len(tasks))
    answers = []
    for user in ("carol", ALICE):
        answer = await seen.client.ask("stopGenerate", {"user": user}, path=running[0])
        stops = [each for each in await seen.service.store.stops() if each in running]
        answers += [answer, Answer(chunks=[f"{len(stops)} to stop".encode()])]
    seen.service.running.stop_all()
    await asyncio.gather(*tasks)
    return answers


async def _started(seen: Probes, earlier: set[str], count: int) -> list[str]:
    """Wait until so many more are under way; the first is the one begun first."""
    async with asyncio.timeout(PATIENCE):
        while True:
            started = [each for each in seen.service.running._stops if each not in earlier]
            if len(started) == count:
                return started
            await asyncio.sleep(0.001)


GOOD_SPEECH = {"text": "Hello", "user": ALICE}
STREAMED = completion(response_mode="streaming")

PROBES: dict[str, list[Any]] = {
    "createCompletionMessage": [
        *asking(
            "createCompletionMessage",
            {"body": STREAMED},
            {"body": completion(response_mode="blocking")},
            {"body": completion()},
            {
                "body": completion(
                    inputs={"query": "[[say:é 😀 e\u0301]]"}, response_mode="streaming"
                )
            },
            {"body": completion(response_mode="sse")},
            {"body": completion(inputs={})},
            {"body": completion(inputs=["x"])},
            {"body": completion(inputs={"query": "[[say:hi]]", "more": "x"})},
            {"body": completion(files={})},
        ),
        *odd_texts("createCompletionMessage", lambda text: completion(inputs={"query": text})),
        *bodies("createCompletionMessage", completion()),
        *keys("createCompletionMessage", body=completion()),
        use_files,
    ],
    "stopGenerate": [
        *asking("stopGenerate", {"body": {"user": ALICE}, "path": UNKNOWN}),
        *bodies("stopGenerate", {"user": ALICE}, UNKNOWN),
        *keys("stopGenerate", body={"user": ALICE}, path=UNKNOWN),
        stop_running,
    ],
    "uploadFile": [
        upload_two,
        *asking(
            "uploadFile",
            {"body": form("empty.txt", b"", ALICE), "content_type": FORM_TYPE},
            {"body": form("é.txt", b"1", ALICE), "content_type": FORM_TYPE},
            {"body": form("a.txt", b"1", "123"), "content_type": FORM_TYPE},
            {"body": b"--bound--\r\n", "content_type": FORM_TYPE},
        ),
        *keys("uploadFile", body=form("a.txt", b"1", ALICE), content_type=FORM_TYPE),
    ],
    "postMessageFeedback": [
        rate,
        rate_oddly,
        *bodies("postMessageFeedback", {"user": ALICE, "rating": "like"}, UNKNOWN),
        *keys("postMessageFeedback", body={"user": ALICE, "rating": "like"}, path=UNKNOWN),
    ],
    "getAppFeedbacks": [
        *asking("getAppFeedbacks", {}),
        list_pages,
        *asking(
            "getAppFeedbacks",
            *({"query": query} for query in ("page=0", "limit=0", "limit=102", "limit=x")),
        ),
        *keys("getAppFeedbacks"),
    ],
    "textToAudio": [
        *asking("textToAudio", {"body": GOOD_SPEECH}),
        speak_messages,
        *odd_texts("textToAudio", lambda text: {"text": text, "user": ALICE}),
        *bodies("textToAudio", GOOD_SPEECH),
        *keys("textToAudio", body=GOOD_SPEECH),
    ],
    **{
        operation: [*asking(operation, {}), *keys(operation)]
        for operation in ("getAppInfo", "getAppParameters", "getWebAppSettings")
    },
}
