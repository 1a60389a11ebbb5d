"""Whatever is done in whatever order, a store answers as plain dicts would."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from completion_server.storage import Message, Store

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]

START = datetime(2026, 11, 23)  # noqa: DTZ001
MOST = 3
NUMBERS = st.integers(0, 5)
APPS = st.sampled_from(["one", "two"])
USERS = st.sampled_from(["ann", "ben"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), APPS, USERS),
        st.tuples(st.just("finish"), NUMBERS, TEXTS),
        st.tuples(st.just("stop"), NUMBERS, APPS, USERS),
        st.tuples(st.just("rate"), NUMBERS, TEXTS, st.none() | TEXTS, st.booleans()),
        st.tuples(st.just("unrate"), NUMBERS),
        st.tuples(st.just("look"), NUMBERS, APPS, st.none() | USERS),
        st.tuples(st.just("page"), APPS, st.integers(0, 3), st.integers(1, 3)),
        st.tuples(st.just("reopen")),
    ),
    max_size=30,
)


@dataclass
class Model:
    """What a store should know; `example` keeps the apps of one example from another's."""

    example: str = field(default_factory=lambda: uuid.uuid4().hex)
    messages: dict[str, Message] = field(default_factory=dict)
    running: dict[str, bool] = field(default_factory=dict)
    feedbacks: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    now: datetime = START

    def numbered(self, number: int) -> Message:
        """Give a message there is, or one that there isn't."""
        known = list(self.messages.values())
        if number < len(known):
            return known[number]
        nobody = str(uuid.uuid4())
        return Message(nobody, nobody, self.app("one"), "ann", nobody, 0)

    def app(self, name: str) -> str:
        return f"{name} {self.example}"

    async def begin(self, store: Store, app: str, user: str) -> None:
        message_id, task_id, conversation_id = (str(uuid.uuid4()) for _ in range(3))
        message = Message(message_id, task_id, self.app(app), user, conversation_id, 0)
        running = [self.messages[each].app_id for each in self.running]
        room = running.count(message.app_id) < MOST
        assert room == await store.begin(message, MOST)
        if room:
            self.messages[message.id] = message
            self.running[message.id] = False

    async def finish(self, store: Store, number: int, answer: str) -> None:
        message = self.numbered(number)
        await store.finish(message.id, answer)
        self.running.pop(message.id, None)
        if message.id in self.messages:
            self.messages[message.id] = replace(message, answer=answer)

    async def stop(self, store: Store, number: int, app: str, user: str) -> None:
        message = self.numbered(number)
        await store.request_stop(message.task_id, self.app(app), user)
        if message.id in self.running and self.app(app) == message.app_id:
            self.running[message.id] |= user == message.end_user_id
        stopping = {self.messages[each].task_id for each, asked in self.running.items() if asked}
        assert stopping == set(await store.stops())

    async def rate(
        self,
        store: Store,
        number: int,
        rating: str,
        content: str | None,
        later: bool,  # noqa: FBT001
    ) -> None:
        message = self.numbered(number)
        if message.id not in self.messages:
            return
        self.now += timedelta(microseconds=int(later))
        await store.rate(message, rating, content, self.now)
        *_, created_at, _ = self.feedbacks.get(message.id, (self.now, self.now))
        self.feedbacks[message.id] = (rating, content, created_at, self.now)

    async def unrate(self, store: Store, number: int) -> None:
        message = self.numbered(number)
        known = self.feedbacks.pop(message.id, None) is not None
        assert known == await store.unrate(message.id)

    async def look(self, store: Store, number: int, app: str, user: str | None) -> None:
        message = self.numbered(number)
        own = self.app(app) == message.app_id and user in (None, message.end_user_id)
        expected = message if own and message.id in self.messages else None
        assert expected == await store.message(message.id, self.app(app), user)

    async def page(self, store: Store, app: str, offset: int, limit: int) -> None:
        own = [
            (message_id, *said)
            for message_id, said in reversed(self.feedbacks.items())
            if self.messages[message_id].app_id == self.app(app)
        ]
        listed = await store.feedbacks(self.app(app), offset, limit)
        assert own[offset : offset + limit] == [
            (each.message_id, each.rating, each.content, each.created_at, each.updated_at)
            for each in listed
        ]


@given(steps=STEPS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_store_answers_as_dicts_would(
    open_store: OpenStore, steps: Sequence[tuple[Any, ...]]
) -> None:
    model = Model()

    async def walk(left: list[tuple[Any, ...]]) -> None:
        async with open_store() as store:
            model.running.clear()
            while left:
                name, *arguments = left.pop(0)
                if name == "reopen":
                    return
                await getattr(model, name)(store, *arguments)

    left = list(steps)
    while left:
        asyncio.run(walk(left))
