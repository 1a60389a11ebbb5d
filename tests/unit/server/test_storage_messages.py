"""Messages are kept, apart by app and user; what runs is counted and stopped across workers."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from completion_server.storage import Message, Store

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]
NewMessage = Callable[..., Message]


def later(seconds: float) -> Callable[[], float]:
    return lambda: time.time() + seconds


def test_a_finished_message_is_found_by_a_reopened_store(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    message = new_message()

    async def story() -> Message | None:
        async with open_store() as store:
            assert await store.begin(message, None)
            await store.finish(message.id, "An answer")
        async with open_store() as store:
            return await store.message(message.id, "app", "user")

    assert replace(message, answer="An answer") == asyncio.run(story())


@pytest.mark.parametrize(
    ("app_id", "end_user_id", "found"),
    [
        ("app", "user", True),
        ("app", None, True),
        ("app", "another", False),
        ("another", "user", False),
        ("another", None, False),
    ],
)
def test_apps_and_users_are_kept_apart(
    open_store: OpenStore,
    new_message: NewMessage,
    app_id: str,
    end_user_id: str | None,
    found: bool,  # noqa: FBT001
) -> None:
    message = new_message()

    async def story() -> Message | None:
        async with open_store() as store:
            await store.begin(message, None)
            return await store.message(message.id, app_id, end_user_id)

    assert (message if found else None) == asyncio.run(story())


def test_an_app_runs_as_many_as_it_may_across_workers(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    async def story() -> None:
        async with open_store() as one, open_store() as other:
            asked = [(one, other)[i % 2].begin(new_message(), 5) for i in range(20)]
            begun = await asyncio.gather(*asked)
            assert sum(begun) == 5
            assert await one.begin(new_message("another"), 5)
            assert await one.begin(new_message(), None)

    asyncio.run(story())


def test_a_refused_message_is_not_kept(open_store: OpenStore, new_message: NewMessage) -> None:
    refused = new_message()

    async def story() -> Message | None:
        async with open_store() as store:
            assert await store.begin(new_message(), 1)
            assert not await store.begin(refused, 1)
            return await store.message(refused.id, "app", None)

    assert asyncio.run(story()) is None


def test_a_finished_message_frees_its_slot(open_store: OpenStore, new_message: NewMessage) -> None:
    first = new_message()

    async def story() -> bool:
        async with open_store() as one, open_store() as other:
            assert await one.begin(first, 1)
            await one.finish(first.id, "")
            return await other.begin(new_message(), 1)

    assert asyncio.run(story())


def test_the_slots_of_a_dead_worker_are_freed(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        async with open_store() as dead, open_store() as living:
            assert await dead.begin(new_message(), 1)
            monkeypatch.setattr("completion_server.storage.workers._now", later(4))
            assert not await living.begin(new_message(), 1)
            monkeypatch.setattr("completion_server.storage.workers._now", later(6))
            await living.beat()
            assert await living.begin(new_message(), 1)

    asyncio.run(story())


def test_a_worker_whose_heart_beats_keeps_its_slots(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> bool:
        async with open_store() as one, open_store() as other:
            assert await one.begin(new_message(), 1)
            monkeypatch.setattr("completion_server.storage.workers._now", later(6))
            await one.beat()
            return await other.begin(new_message(), 1)

    assert not asyncio.run(story())


def test_a_worker_that_was_forgotten_comes_back_with_its_next_beat(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> bool:
        async with open_store() as asleep:
            monkeypatch.setattr("completion_server.storage.workers._now", later(601))
            async with open_store() as other:
                await asleep.beat()
                assert await asleep.begin(new_message(), 1)
                return await other.begin(new_message(), 1)

    assert not asyncio.run(story())


def test_an_idle_worker_that_does_not_beat_counts_what_it_begins(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> list[bool]:
        async with open_store() as store:
            monkeypatch.setattr("completion_server.storage.workers._now", later(8))
            return await asyncio.gather(*(store.begin(new_message(), 1) for _ in range(6)))

    assert sum(asyncio.run(story())) == 1


def test_a_worker_that_comes_back_with_many_messages_at_once_is_entered_once(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> list[bool]:
        async with open_store() as asleep:
            monkeypatch.setattr("completion_server.storage.workers._now", later(601))
            async with open_store():
                return await asyncio.gather(*(asleep.begin(new_message(), 2) for _ in range(8)))

    assert sum(asyncio.run(story())) == 2


def test_a_worker_that_joins_leaves_alone_what_one_long_idle_has_begun(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = new_message()

    async def story() -> set[str]:
        async with open_store() as idle:
            monkeypatch.setattr("completion_server.storage.workers._now", later(601))
            await idle.begin(message, None)
            async with open_store() as joined:
                assert not await joined.begin(new_message(), 1)
                return await idle.running()

    assert {message.task_id} == asyncio.run(story())


def test_a_worker_that_leaves_frees_its_slots(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    async def story() -> bool:
        async with open_store() as leaving:
            await leaving.begin(new_message(), 1)
        async with open_store() as store:
            return await store.begin(new_message(), 1)

    assert asyncio.run(story())


def test_a_stop_reaches_the_worker_that_runs_the_task(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    asked, other = new_message(), new_message()

    async def story() -> None:
        async with open_store() as running, open_store() as asking:
            await running.begin(asked, None)
            await running.begin(other, None)
            await asking.request_stop(asked.task_id, "app", "user")
            assert [asked.task_id] == await running.stops()
            assert await asking.stops() == []
            await running.finish(asked.id, "So far")
            assert await running.stops() == []

    asyncio.run(story())


@pytest.mark.parametrize(("app_id", "end_user_id"), [("another", "user"), ("app", "another")])
def test_nobody_stops_what_is_not_theirs(
    open_store: OpenStore, new_message: NewMessage, app_id: str, end_user_id: str
) -> None:
    message = new_message()

    async def story() -> list[str]:
        async with open_store() as store:
            await store.begin(message, None)
            await store.request_stop(message.task_id, app_id, end_user_id)
            await store.request_stop("no such task", "app", "user")
            return await store.stops()

    assert asyncio.run(story()) == []


def test_a_cancelled_task_loses_no_answer(open_store: OpenStore, new_message: NewMessage) -> None:
    messages = [new_message() for _ in range(40)]

    async def story() -> list[str]:
        async with open_store() as store:
            await asyncio.gather(*(store.begin(each, None) for each in messages))
            tasks = [asyncio.create_task(store.finish(each.id, each.id)) for each in messages]
            await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert any(isinstance(each, asyncio.CancelledError) for each in ended)
        async with open_store() as store:
            found = [await store.message(each.id, "app", "user") for each in messages]
            return [each.answer for each in found if each]

    assert [each.id for each in messages] == asyncio.run(story())


def test_a_begin_that_is_cancelled_leaves_nothing_running(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    async def story() -> None:
        async with open_store() as store:
            tasks = [asyncio.create_task(store.begin(new_message(), 3)) for _ in range(3)]
            await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            # Their ends may come a little after this: they run side by side in some databases.
            tries = [await store.begin(new_message(), 1) for _ in range(100)]
            assert any(tries)

    asyncio.run(story())


def test_closing_waits_for_every_call(open_store: OpenStore, new_message: NewMessage) -> None:
    messages = [new_message() for _ in range(100)]

    async def story() -> int:
        async with open_store() as store:
            tasks = [asyncio.create_task(store.begin(each, None)) for each in messages]
            await asyncio.sleep(0)
        assert all(await asyncio.gather(*tasks))
        async with open_store() as store:
            found = [await store.message(each.id, "app", "user") for each in messages]
            return sum(each is not None for each in found)

    assert asyncio.run(story()) == 100


@pytest.mark.parametrize("storage", ["sqlite"], indirect=True)
def test_calls_are_served_in_their_order(open_store: OpenStore, new_message: NewMessage) -> None:
    served: list[int] = []

    async def story() -> None:
        async with open_store() as store:

            async def call(number: int) -> None:
                await store.begin(new_message(), None)
                served.append(number)

            await asyncio.gather(*(call(number) for number in range(200)))

    asyncio.run(story())
    assert list(range(200)) == served


def test_text_that_a_database_refuses_is_kept_as_well_as_can_be(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    message = new_message()

    async def story() -> None:
        async with open_store() as store:
            await store.begin(message, None)
            await store.finish(message.id, "a\0b\ud800c😀")
            found = await store.message(message.id, "app", "user")
            assert found
            assert found.answer == "a\ufffdb\ufffdc😀"
            assert await store.message("\0", "\ud800", "\udfff") is None

    asyncio.run(story())
