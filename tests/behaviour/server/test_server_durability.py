"""What the server has acknowledged is there after kill -9 at any moment, load or not."""

import asyncio
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from completion_server.settings import Storage
from completion_server.storage import Store
from tests.behaviour.server.event_stream import events
from tests.server_process import ServerProcess, running_completion_server

KEY = "app-durable"
USER = "ann"
PAGE = 100


@dataclass
class Acknowledged:
    """What a server said yes to, and what it should not have said."""

    messages: list[str] = field(default_factory=list)
    feedbacks: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    surprises: list[str] = field(default_factory=list)


@contextmanager
def running(folder: Path) -> Iterator[tuple[ServerProcess, httpx2.Client]]:
    """Run the command on this folder; it has ended when the block is left."""
    with (
        running_completion_server("--data", str(folder / "data"), "--api-key", KEY) as server,
        httpx2.Client(
            base_url=server.base_url,
            headers={"Authorization": f"Bearer {KEY}"},
            timeout=20,
        ) as client,
    ):
        yield server, client


def complete(client: httpx2.Client, kept: Acknowledged) -> None:
    body = {"inputs": {"query": "Hello"}, "user": USER}
    answer = client.post("/completion-messages", json=body)
    assert answer.status_code == 200, answer.text
    kept.messages.append(answer.json()["message_id"])


def stream(client: httpx2.Client, kept: Acknowledged) -> None:
    body = {"inputs": {"query": "Hello"}, "user": USER, "response_mode": "streaming"}
    with client.stream("POST", "/completion-messages", json=body) as answer:
        for event in events(answer):
            if event["event"] == "message_end":
                kept.messages.append(event["message_id"])


def rate(client: httpx2.Client, kept: Acknowledged) -> None:
    unrated = [each for each in list(kept.messages) if each not in kept.feedbacks]
    if not unrated:
        return
    content = f"said {uuid.uuid4()}"
    answer = post_feedback(client, unrated[-1], content)
    assert answer.status_code == 200, answer.text
    kept.feedbacks[unrated[-1]] = content


def post_feedback(client: httpx2.Client, message_id: str, content: str) -> httpx2.Response:
    body = {"rating": "like", "content": content, "user": USER}
    return client.post(f"/messages/{message_id}/feedbacks", json=body)


def upload(client: httpx2.Client, kept: Acknowledged) -> None:
    content = os.urandom(100_000)
    file = {"file": ("notes.txt", content, "text/plain")}
    answer = client.post("/files/upload", files=file, data={"user": USER})
    assert answer.status_code == 201, answer.text
    kept.files[answer.json()["id"]] = content


LOAD = (complete, complete, stream, stream, rate, upload, upload)


def repeated(
    use: Callable[[httpx2.Client, Acknowledged], None], client: httpx2.Client, kept: Acknowledged
) -> None:
    """Use the server until it is gone."""
    try:
        while True:
            use(client, kept)
    except httpx2.TransportError:
        return
    except Exception as error:  # noqa: BLE001 (told by the test)
        kept.surprises.append(repr(error))


def load_until_killed(folder: Path, kept: Acknowledged) -> None:
    with running(folder) as (server, client):
        threads = [threading.Thread(target=repeated, args=(use, client, kept)) for use in LOAD]
        before = Acknowledged(list(kept.messages), dict(kept.feedbacks), dict(kept.files))
        for thread in threads:
            thread.start()
        wait_until(lambda: all(grown(before, kept)))
        server.kill()
        for thread in threads:
            thread.join()


def grown(before: Acknowledged, kept: Acknowledged) -> Iterator[bool]:
    yield len(kept.messages) >= len(before.messages) + 15
    yield len(kept.feedbacks) >= len(before.feedbacks) + 8
    yield len(kept.files) >= len(before.files) + 8


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def listed(client: httpx2.Client) -> dict[str, str]:
    """List the contents of all feedback by the messages' ids."""
    found: dict[str, str] = {}
    for page in range(1, 1000):
        query = {"page": page, "limit": PAGE}
        items: list[dict[str, Any]] = client.get("/app/feedbacks", params=query).json()["data"]
        found |= {item["message_id"]: item["content"] for item in items}
        if len(items) < PAGE:
            return found
    raise AssertionError("the list has no end")


def contents(folder: Path, file_ids: list[str]) -> dict[str, bytes]:
    """Read files as a worker of the server would."""

    async def read() -> dict[str, bytes]:
        store = Store.open(folder / "data", Storage())
        try:
            found = [await store.file(file_id, None, None) for file_id in file_ids]
            return {file.id: await store.content(file) for file in found if file}
        finally:
            await store.close()

    return asyncio.run(read())


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Acknowledged]:
    """Give the folder of a server that was killed under load, three times over."""
    folder, kept = tmp_path_factory.mktemp("durable"), Acknowledged()
    for _ in range(3):
        load_until_killed(folder, kept)
    return folder, kept


@pytest.mark.slow
def test_nothing_was_refused_before_the_end(killed: tuple[Path, Acknowledged]) -> None:
    assert killed[1].surprises == []


@pytest.mark.slow
def test_every_feedback_is_listed(killed: tuple[Path, Acknowledged]) -> None:
    folder, kept = killed
    with running(folder) as (_, client):
        found = listed(client)
    assert kept.feedbacks == {each: found.get(each) for each in kept.feedbacks}


@pytest.mark.slow
def test_every_message_takes_feedback(killed: tuple[Path, Acknowledged]) -> None:
    folder, kept = killed
    unrated = set(kept.messages) - set(kept.feedbacks)
    with running(folder) as (_, client):
        statuses = {each: post_feedback(client, each, "late").status_code for each in unrated}
    assert len(statuses) > 0
    assert dict.fromkeys(unrated, 200) == statuses


@pytest.mark.slow
def test_every_file_is_whole_and_nothing_lies_about(killed: tuple[Path, Acknowledged]) -> None:
    folder, kept = killed
    assert kept.files == contents(folder, list(kept.files))
    assert list((folder / "data" / "files" / "incoming").iterdir()) == []
