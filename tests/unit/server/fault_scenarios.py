"""Requests that belong together, and what a server with faults answers them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.unit.server.asgi_client import PATIENCE, Answer
from tests.unit.server.fault_client import KEY
from tests.unit.server.fault_requests import (
    ALICE,
    BOB,
    FORM_TYPE,
    LONG,
    NULL,
    OTHER_KEY,
    UNKNOWN,
    UNUSUAL,
    completion,
    form,
)

if TYPE_CHECKING:
    from tests.unit.server.fault_servers import Servers

OWNERS = ((ALICE, KEY), (BOB, KEY), (ALICE, OTHER_KEY))


async def use_files(seen: Servers) -> list[Answer]:
    """Bring one's own file, another app's, and another user's."""
    answers = []
    for user, key in ((ALICE, KEY), (BOB, KEY), (BOB, OTHER_KEY)):
        file = {"type": "image", "transfer_method": "local_file"}
        file["upload_file_id"] = await seen.file(user, key)
        answers.append(await seen.faulty.ask("createCompletionMessage", completion(files=[file])))
    return answers


async def upload_two(seen: Servers) -> list[Answer]:
    """Upload a file for each of two users."""
    forms = (form("a.png", b"12345", ALICE, "image/png"), form("b.txt", b"1", BOB))
    return [await seen.faulty.ask("uploadFile", body, content_type=FORM_TYPE) for body in forms]


async def rate(seen: Servers) -> list[Answer]:
    """Rate, change, revoke, revoke again; others' messages; what is listed between."""
    answers = []
    async with seen.messages(*OWNERS) as (mine, bobs, others):
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
            answers.append(await seen.faulty.ask("postMessageFeedback", whole, path=message_id))
            answers.append(await seen.plain.ask("getAppFeedbacks"))
    return answers


async def rate_oddly(seen: Servers) -> list[Answer]:
    """Rate with an unknown rating, and with contents that are no text or odd text."""
    contents = (5, None, LONG, UNUSUAL, NULL)
    ratings: list[dict[str, Any]] = [
        {"rating": "love"},
        *({"rating": "like", "content": each} for each in contents),
    ]
    async with seen.messages((ALICE, KEY)) as (message_id,):
        return [
            await seen.faulty.ask("postMessageFeedback", {"user": ALICE, **body}, path=message_id)
            for body in ratings
        ]


async def list_pages(seen: Servers) -> list[Answer]:
    """List five ratings, one of them another app's, in pages."""
    owners = ((ALICE, KEY), (BOB, KEY), (ALICE, KEY), (ALICE, KEY), (ALICE, OTHER_KEY))
    async with seen.messages(*owners) as messages:
        for (user, key), message_id in zip(owners, messages, strict=True):
            body = {"rating": "like", "user": user}
            await seen.plain.ask(
                "postMessageFeedback", body, path=message_id, authorization=f"Bearer {key}"
            )
        return [
            await seen.faulty.ask("getAppFeedbacks", query=query)
            for query in ("", "limit=2", "limit=2&page=2", "limit=2&page=3")
        ]


async def speak_messages(seen: Servers) -> list[Answer]:
    """Hear one's own message, another user's, another app's, and one that is none."""
    wanted = [*[await seen.message(*each) for each in OWNERS], UNKNOWN]
    return [
        await seen.faulty.ask("textToAudio", {"message_id": each, "user": ALICE}) for each in wanted
    ]


async def stop_running(seen: Servers) -> list[Answer]:
    """Stop one of two tasks as another user, then as its own."""
    begun = [await _begun(seen, user) for user in (ALICE, BOB)]
    [(alices, _), *_] = begun
    running = {task_id for task_id, _ in begun}
    answers = []
    for user in ("carol", ALICE):
        answer = await seen.faulty.ask("stopGenerate", {"user": user}, path=alices)
        stops = running.intersection(await seen.service.store.stops())
        answers += [answer, Answer(chunks=[f"{len(stops)} to stop".encode()])]
    seen.service.running.stop_all()
    await asyncio.gather(*(asking for _, asking in begun))
    return answers


async def _begun(seen: Servers, user: str) -> tuple[str, asyncio.Task[Answer]]:
    """Begin a long answer; gives its task id, and the request that waits for its end."""
    running = seen.service.running
    earlier = running.task_ids
    body = completion(inputs={"query": "[[slow:30:1]]"}, response_mode="streaming", user=user)
    asking = asyncio.create_task(seen.faulty.ask("createCompletionMessage", body))
    async with asyncio.timeout(PATIENCE):
        while not (started := running.task_ids - earlier):  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(0.001)
    return started.pop(), asking
