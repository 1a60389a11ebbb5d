"""A store opens for many at once, and says clearly why it can't, without a password."""

import asyncio
import io
import sqlite3
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL

from completion_server.settings import Storage
from completion_server.storage import Message, Store, StoredFile, StoreFullError
from completion_server.storage.engine import open_engine

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]
NewMessage = Callable[..., Message]

SECRET = "s3cret"


def refusal(folder: Path, database: str) -> str:
    with pytest.raises(ValueError, match="database") as refused:
        Store.open(folder, Storage(database=database))
    assert refused.value.__cause__ is None
    return str(refused.value)


def test_many_may_open_an_empty_store_at_once(tmp_path: Path, storage: Storage) -> None:
    def opened(_: int) -> Store:
        return Store.open(tmp_path, storage)

    async def closed(stores: list[Store]) -> None:
        await asyncio.gather(*(store.check() for store in stores))
        await asyncio.gather(*(store.close() for store in stores))

    with ThreadPoolExecutor(8) as threads:
        stores = list(threads.map(opened, range(8)))
    asyncio.run(closed(stores))


def test_opening_waits_for_whoever_writes_to_a_database_not_yet_in_wal(tmp_path: Path) -> None:
    path = tmp_path / "completions.sqlite3"
    writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    writer.execute("CREATE TABLE other (x)")
    writer.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(0.1, writer.commit)
    ending.start()
    asyncio.run(Store.open(tmp_path, Storage()).close())
    ending.join()
    writer.close()


def test_the_default_database_is_a_file_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c" / "d"
    asyncio.run(Store.open(folder, Storage()).close())
    assert (folder / "completions.sqlite3").read_bytes().startswith(b"SQLite format 3")


def test_only_the_owner_can_look_into_a_new_folder(tmp_path: Path) -> None:
    asyncio.run(Store.open(tmp_path / "store", Storage()).close())
    assert (tmp_path / "store").stat().st_mode & 0o777 == 0o700


def test_a_database_may_be_in_memory(tmp_path: Path, new_message: NewMessage) -> None:
    message = new_message()

    async def story() -> Message | None:
        store = Store.open(tmp_path, Storage(database="sqlite://"))
        await store.begin(message, 1)
        found = await store.message(message.id, "app", "user")
        await store.close()
        return found

    assert message == asyncio.run(story())


def test_a_later_schema_is_refused(tmp_path: Path, storage: Storage) -> None:
    asyncio.run(Store.open(tmp_path, storage).close())
    url = storage.database or f"sqlite:///{tmp_path}/completions.sqlite3"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE store SET version = 2"))
    engine.dispose()
    assert "its schema is version 2, not 1" in refusal(tmp_path, url)


def test_tables_of_something_else_are_refused(tmp_path: Path, storage: Storage) -> None:
    url = storage.database or f"sqlite:///{tmp_path}/completions.sqlite3"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE messages (text VARCHAR)"))
    engine.dispose()
    assert "already exists" in refusal(tmp_path, url)


@pytest.mark.parametrize(
    "database",
    [
        "nonsense",
        f"postgresql://user@host:{SECRET}/name",
        f"postgresql://user:p@{SECRET}@host/name",
        f"nosuch://user:{SECRET}@host/name",
        f"postgresql+nosuch://user:{SECRET}@host/name",
        f"postgresql+asyncpg://user:{SECRET}@127.0.0.1:1/name",
        f"postgresql://user:{SECRET}@127.0.0.1:1/name",
        f"postgresql://127.0.0.1:1/name?password={SECRET}",
        f"postgresql://127.0.0.1:1/name?password={SECRET}&nosuch=1",
        "sqlite:////nonexistent/folder/name",
    ],
)
def test_a_database_that_cannot_be_used_is_refused_without_its_password(
    tmp_path: Path, database: str
) -> None:
    assert SECRET not in refusal(tmp_path, database)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear reader, " * 100)
    assert "file is not a database" in refusal(tmp_path, f"sqlite:///{tmp_path}/letter")


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        Store.open(tmp_path / "file" / "store", Storage())


def test_the_database_itself_is_bounded(tmp_path: Path, new_message: NewMessage) -> None:
    messages = [new_message() for _ in range(20)]

    async def story() -> None:
        store = Store.open(tmp_path, Storage(megabytes=1))
        for message in messages:
            assert await store.begin(message, 20)
        answered = [store.finish(message.id, "x" * 100_000) for message in messages]
        ended = await asyncio.gather(*answered, return_exceptions=True)
        assert any(isinstance(each, StoreFullError) for each in ended)
        await store.check()
        await store.close()

    asyncio.run(story())
    assert (tmp_path / "completions.sqlite3").stat().st_size <= 1024 * 1024


def test_a_message_whose_answer_finds_no_room_runs_no_longer(
    tmp_path: Path, new_message: NewMessage
) -> None:
    message = new_message()

    async def story() -> bool:
        store = Store.open(tmp_path, Storage(megabytes=1))
        assert await store.begin(message, 1)
        with pytest.raises(StoreFullError):
            await store.finish(message.id, "x" * 2_000_000)
        begun = await store.begin(new_message(), 1)
        await store.close()
        return begun

    assert asyncio.run(story())


def test_a_worker_that_leaves_takes_its_rows_along(tmp_path: Path, new_message: NewMessage) -> None:
    async def story() -> None:
        store = Store.open(tmp_path, Storage())
        await store.begin(new_message(), None)
        await store.close()

    asyncio.run(story())
    connection = sqlite3.connect(tmp_path / "completions.sqlite3")
    rows = connection.execute("SELECT id FROM workers UNION SELECT message_id FROM running")
    left = rows.fetchall()
    connection.close()
    assert left == []


def test_every_query_goes_by_an_index(tmp_path: Path, new_message: NewMessage) -> None:
    asked: dict[str, Any] = {}

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            asked[statement] = parameters

    event.listen(Engine, "before_cursor_execute", note)
    try:
        asyncio.run(everything(Store.open(tmp_path, Storage()), new_message()))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    connection = sqlite3.connect(tmp_path / "completions.sqlite3")
    plans = [
        f"{step[3]}: {statement}"
        for statement, parameters in asked.items()
        for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    connection.close()
    assert len(asked) > 15
    # These two have a row, or a row a worker.
    searched = [plan for plan in plans if not plan.startswith(("SCAN store", "SCAN workers"))]
    assert [plan for plan in searched if plan.startswith(("SCAN", "USE TEMP"))] == []


async def everything(store: Store, message: Message) -> None:
    await store.begin(message, 1)
    await store.message(message.id, "app", "user")
    await store.request_stop(message.task_id, "app", "user")
    await store.stops()
    await store.finish(message.id, "")
    await store.beat()
    await store.running()
    await store.end(message.task_id)
    file = StoredFile(message.id, "app", "user", "a", "", "text/plain", 1, 0)
    await store.add_file(file, io.BytesIO(b"x"))
    await store.file(file.id, "app", "user")
    await store.rate(message, "like", None, datetime(2026, 1, 1))  # noqa: DTZ001
    await store.feedbacks("app", 0, 1)
    await store.unrate(message.id)
    await store.check()
    await store.close()


@pytest.mark.parametrize(("asked", "limit"), [("", "30s"), (" -cstatement_timeout=7s", "7s")])
def test_postgresql_ends_a_statement_after_half_a_minute_unless_the_url_says_otherwise(
    postgresql: URL, asked: str, limit: str
) -> None:
    name = f"s{uuid.uuid4().hex}"
    admin = create_engine(postgresql)
    with admin.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    admin.dispose()
    options = {"options": f"-csearch_path={name}{asked}"}
    engine = open_engine(postgresql.update_query_dict(options), 1)
    with engine.connect() as connection:
        assert limit == connection.scalar(text("SHOW statement_timeout"))
        assert name == connection.scalar(text("SHOW search_path"))
    engine.dispose()


@pytest.mark.parametrize(("asked", "seconds"), [("", 10), ("?connect_timeout=3", "3")])
def test_postgresql_is_reached_in_ten_seconds_unless_the_url_says_otherwise(
    asked: str, seconds: object
) -> None:
    tried: list[object] = []

    def refuse(_dialect: object, _record: object, _arguments: object, named: Any) -> None:
        tried.append(named["connect_timeout"])
        raise ValueError("tried")

    event.listen(Engine, "do_connect", refuse)
    try:
        with pytest.raises(ValueError, match="tried"):
            open_engine(f"postgresql+psycopg://127.0.0.1:1/name{asked}", 1)
    finally:
        event.remove(Engine, "do_connect", refuse)
    assert [seconds] == tried


def test_an_error_in_use_shows_no_values(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/x", 1)
    with pytest.raises(Exception, match="no such table") as refused, engine.begin() as connection:
        connection.execute(text("SELECT * FROM nosuch WHERE x = :x"), {"x": SECRET})
    engine.dispose()
    assert SECRET not in str(refused.value)
