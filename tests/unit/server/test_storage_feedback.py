"""A message has one feedback at most; an app's are listed, the newest first."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import pytest

from completion_server.storage import Feedback, Message, Store

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]
NewMessage = Callable[..., Message]

MONDAY = datetime(2026, 11, 23, 9, 30, 0, 123456)  # noqa: DTZ001
TUESDAY = MONDAY + timedelta(days=1)


async def rated(store: Store, message: Message, now: datetime = MONDAY) -> None:
    await store.begin(message, None)
    await store.rate(message, "like", None, now)


def test_a_feedback_is_listed_as_it_was_given_by_a_reopened_store(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    message = new_message()

    async def story() -> list[Feedback]:
        async with open_store() as store:
            await store.begin(message, None)
            await store.rate(message, "like", "Good", MONDAY)
        async with open_store() as store:
            return await store.feedbacks("app", 0, 10)

    (listed,) = asyncio.run(story())
    expected = Feedback(
        listed.id,
        message.id,
        "app",
        message.conversation_id,
        "user",
        "like",
        "Good",
        MONDAY,
        MONDAY,
    )
    assert expected == listed


def test_rating_again_changes_the_feedback_but_not_who_or_when(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    message = new_message()

    async def story() -> tuple[Feedback, list[Feedback]]:
        async with open_store() as store:
            await store.begin(message, None)
            await store.rate(message, "like", "Good", MONDAY)
            (first,) = await store.feedbacks("app", 0, 10)
            await store.rate(message, "dislike", None, TUESDAY)
            return first, await store.feedbacks("app", 0, 10)

    first, (second,) = asyncio.run(story())
    assert (first.id, "dislike", None) == (second.id, second.rating, second.content)
    assert (second.created_at, second.updated_at) == (MONDAY, TUESDAY)


def test_a_feedback_can_be_taken_back_once(open_store: OpenStore, new_message: NewMessage) -> None:
    message = new_message()

    async def story() -> None:
        async with open_store() as store:
            assert not await store.unrate(message.id)
            await rated(store, message)
            assert await store.unrate(message.id)
            assert await store.feedbacks("app", 0, 10) == []
            assert not await store.unrate(message.id)

    asyncio.run(story())


@pytest.mark.parametrize(
    ("offset", "limit", "shown"),
    [(0, 2, [4, 3]), (2, 2, [2, 1]), (4, 2, [0]), (5, 2, []), (10**4000, 2, [])],
)
def test_pages_go_from_the_newest_to_the_oldest(
    open_store: OpenStore, new_message: NewMessage, offset: int, limit: int, shown: list[int]
) -> None:
    messages = [new_message() for _ in range(5)]

    async def story() -> list[str]:
        async with open_store() as store:
            for day, message in enumerate(messages):
                await rated(store, message, MONDAY + timedelta(days=day))
            await rated(store, new_message("another"), TUESDAY)
            listed = await store.feedbacks("app", offset, limit)
            return [each.message_id for each in listed]

    assert [messages[number].id for number in shown] == asyncio.run(story())


def test_of_one_moment_the_later_comes_first_whatever_changes(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    messages = [new_message() for _ in range(20)]

    async def story() -> list[str]:
        async with open_store() as store:
            for message in messages:
                await rated(store, message)
            await store.rate(messages[3], "dislike", "Changed", TUESDAY)
            return [each.message_id for each in await store.feedbacks("app", 0, 100)]

    assert [each.id for each in reversed(messages)] == asyncio.run(story())


def test_many_may_rate_one_message_at_once_and_one_feedback_remains(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    message = new_message()
    contents = [f"Opinion {number}" for number in range(30)]

    async def story() -> list[Feedback]:
        async with open_store() as one, open_store() as other:
            await one.begin(message, None)
            opinions = enumerate(contents)
            given = [
                (one, other)[n % 2].rate(message, "like", said, MONDAY) for n, said in opinions
            ]
            await asyncio.gather(*given)
            return await one.feedbacks("app", 0, 100)

    (listed,) = asyncio.run(story())
    assert listed.content in contents


def test_rating_and_taking_back_at_once_end_in_either(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    messages = [new_message() for _ in range(20)]

    async def story() -> None:
        async with open_store() as store:
            for message in messages:
                await rated(store, message)
            again = [store.rate(each, "dislike", "Again", TUESDAY) for each in messages]
            taken = await asyncio.gather(*(store.unrate(each.id) for each in messages), *again)
            assert [True] * len(messages) == taken[: len(messages)]
            left = await store.feedbacks("app", 0, 100)
            assert all(each.rating == "dislike" for each in left)

    asyncio.run(story())
