"""Files and their contents are kept together, bounded in sum, or not at all."""

import asyncio
import io
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.pool import PoolProxiedConnection

from completion_server.settings import Storage
from completion_server.storage import Message, Store, StoredFile, StoreFullError
from completion_server.storage.errors import UncertainCommitError

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]
NewMessage = Callable[..., Message]

MEGABYTE = 1024 * 1024


def new_file(size: int, name: str = "notes.txt") -> StoredFile:
    return StoredFile(str(uuid4()), "app", "user", name, "txt", "text/plain", size, 1_700_000_000)


def kept_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "store" / "files").rglob("*") if path.is_file()]


class SlowContent(io.BytesIO):
    """A content whose second half comes when it is let."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.half_read = threading.Event()
        self.go_on = threading.Event()

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            self.half_read.set()
            assert self.go_on.wait(10)
        return super().read(min(size or 1, 4))


class BrokenContent(io.BytesIO):
    """A content that can't be read to its end."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError("the connection broke")
        return super().read(min(size or 1, 4))


def test_a_file_and_its_content_are_found_by_a_reopened_store(open_store: OpenStore) -> None:
    file = new_file(5)

    async def story() -> None:
        async with open_store() as store:
            await store.add_file(file, io.BytesIO(b"a\0b\xffc"))
        async with open_store() as store:
            found = await store.file(file.id, "app", "user")
            assert file == found
            assert await store.content(file) == b"a\0b\xffc"

    asyncio.run(story())


@pytest.mark.parametrize(
    ("app_id", "end_user_id", "found"),
    [
        ("app", "user", True),
        (None, None, True),
        ("app", None, True),
        ("app", "another", False),
        ("another", "user", False),
    ],
)
def test_apps_and_users_are_kept_apart(
    open_store: OpenStore,
    app_id: str | None,
    end_user_id: str | None,
    found: bool,  # noqa: FBT001
) -> None:
    file = new_file(0)

    async def story() -> StoredFile | None:
        async with open_store() as store:
            await store.add_file(file, io.BytesIO())
            return await store.file(file.id, app_id, end_user_id)

    assert (file if found else None) == asyncio.run(story())


def test_a_content_lies_under_its_id_whatever_the_file_is_called(
    open_store: OpenStore, tmp_path: Path
) -> None:
    file = new_file(1, name="../../../etc/passwd\0")

    async def story() -> None:
        async with open_store() as store:
            await store.add_file(file, io.BytesIO(b"x"))

    asyncio.run(story())
    assert [tmp_path / "store" / "files" / file.id[:2] / file.id] == kept_files(tmp_path)


@pytest.mark.parametrize("file_id", ["../../outside", "", "a/b", "/etc/passwd", "..", "abc\n"])
def test_an_id_leads_nowhere_else(open_store: OpenStore, tmp_path: Path, file_id: str) -> None:
    async def story() -> None:
        async with open_store() as store:
            with pytest.raises(ValueError, match="is no id of a file"):
                await store.add_file(replace(new_file(1), id=file_id), io.BytesIO(b"x"))

    asyncio.run(story())
    assert kept_files(tmp_path) == []


@pytest.mark.parametrize("content", [BrokenContent(b"12345678"), io.BytesIO(b"1234")])
def test_a_content_that_is_cut_short_leaves_nothing(
    open_store: OpenStore, tmp_path: Path, content: io.BytesIO
) -> None:
    file = new_file(8)

    async def story() -> StoredFile | None:
        content.seek(0)
        async with open_store() as store:
            with pytest.raises((OSError, ValueError)):
                await store.add_file(file, content)
            return await store.file(file.id, None, None)

    assert asyncio.run(story()) is None
    assert kept_files(tmp_path) == []


def test_contents_are_bounded_in_sum_across_workers(
    open_store: OpenStore, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("completion_server.storage.store.MEGABYTE", 1000)
    most = storage.megabytes * 1000
    size = most // 4

    async def story() -> int:
        async with open_store() as one, open_store() as other:
            added = [
                (one, other)[number % 2].add_file(new_file(size), io.BytesIO(bytes(size)))
                for number in range(8)
            ]
            ended = await asyncio.gather(*added, return_exceptions=True)
            return sum(isinstance(each, StoreFullError) for each in ended)

    assert asyncio.run(story()) == 4
    assert most == sum(path.stat().st_size for path in kept_files(tmp_path))


def test_a_full_store_takes_what_still_fits(
    open_store: OpenStore, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("completion_server.storage.store.MEGABYTE", 1)
    most = storage.megabytes

    async def story() -> None:
        async with open_store() as store:
            await store.add_file(new_file(most - 1), io.BytesIO(bytes(most - 1)))
            with pytest.raises(StoreFullError):
                await store.add_file(new_file(2), io.BytesIO(b"ab"))
            await store.add_file(new_file(1), io.BytesIO(b"a"))

    asyncio.run(story())


def test_an_upload_in_the_making_holds_nobody_up_and_is_not_seen(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    content, file = SlowContent(b"12345678"), new_file(8)

    async def story() -> None:
        async with open_store() as store:
            adding = asyncio.create_task(store.add_file(file, content))
            await asyncio.to_thread(content.half_read.wait, 10)
            assert await store.begin(new_message(), 1)
            assert await store.file(file.id, None, None) is None
            content.go_on.set()
            await adding
            assert await store.content(file) == b"12345678"

    asyncio.run(story())


def test_a_cancelled_upload_is_whole_or_absent(open_store: OpenStore, tmp_path: Path) -> None:
    content, file = SlowContent(b"12345678"), new_file(8)

    async def story() -> None:
        async with open_store() as store:
            adding = asyncio.create_task(store.add_file(file, content))
            await asyncio.to_thread(content.half_read.wait, 10)
            adding.cancel()
            await asyncio.wait({adding})
            assert adding.cancelled()
            content.go_on.set()
        async with open_store() as store:
            assert file == await store.file(file.id, None, None)
            assert await store.content(file) == b"12345678"

    asyncio.run(story())
    assert len(kept_files(tmp_path)) == 1


def test_what_a_crash_left_is_gone_when_the_store_is_opened(
    open_store: OpenStore, tmp_path: Path
) -> None:
    left = tmp_path / "store" / "files" / "incoming" / str(uuid4())
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a con")

    async def story() -> None:
        async with open_store():
            assert kept_files(tmp_path) == []

    asyncio.run(story())


def test_a_crash_between_keeping_a_file_and_moving_its_content_is_mended(
    open_store: OpenStore, tmp_path: Path
) -> None:
    file = new_file(4)

    async def story() -> bytes:
        async with open_store() as store:
            await store.add_file(file, io.BytesIO(b"1234"))
        (kept,) = kept_files(tmp_path)
        kept.rename(tmp_path / "store" / "files" / "incoming" / file.id)
        async with open_store() as store:
            return await store.content(file)

    assert asyncio.run(story()) == b"1234"


def test_a_content_that_could_not_be_moved_is_read_where_it_lies_and_moved_later(
    open_store: OpenStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = new_file(4)

    def refuse(*_: object) -> None:
        raise PermissionError("it can't be moved")

    async def story() -> None:
        async with open_store() as store:
            with monkeypatch.context() as patch:
                patch.setattr(Path, "rename", refuse)
                with pytest.raises(PermissionError):
                    await store.add_file(file, io.BytesIO(b"1234"))
            assert file == await store.file(file.id, "app", "user")
            assert await store.content(file) == b"1234"
        async with open_store() as store:
            assert await store.content(file) == b"1234"

    asyncio.run(story())
    assert [tmp_path / "store" / "files" / file.id[:2] / file.id] == kept_files(tmp_path)


@pytest.mark.parametrize("committed", [True, False])
def test_a_commit_whose_reply_is_lost_keeps_a_file_whole_or_not_at_all(
    open_store: OpenStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    committed: bool,  # noqa: FBT001
) -> None:
    file = new_file(4)

    def lose_reply(dialect: DefaultDialect, connection: PoolProxiedConnection) -> None:
        if committed:
            connection.commit()
        else:
            connection.rollback()
        raise dialect.loaded_dbapi.OperationalError("the connection broke")

    async def story() -> StoredFile | None:
        async with open_store() as store:
            with monkeypatch.context() as patch:
                patch.setattr(DefaultDialect, "do_commit", lose_reply)
                with pytest.raises(UncertainCommitError):
                    await store.add_file(file, io.BytesIO(b"1234"))
            if committed:
                assert await store.content(file) == b"1234"
        async with open_store() as store:
            if committed:
                assert await store.content(file) == b"1234"
            return await store.file(file.id, "app", "user")

    assert (file if committed else None) == asyncio.run(story())
    assert int(committed) == len(kept_files(tmp_path))


def test_a_file_that_the_database_refuses_leaves_no_content(
    open_store: OpenStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionError("the database is away")

    async def story() -> None:
        async with open_store() as store:
            monkeypatch.setattr("completion_server.storage.files.add", refuse)
            with pytest.raises(ConnectionError):
                await store.add_file(new_file(4), io.BytesIO(b"1234"))
            assert kept_files(tmp_path) == []

    asyncio.run(story())


def test_opening_leaves_alone_what_another_worker_is_writing(open_store: OpenStore) -> None:
    content, file = SlowContent(b"12345678"), new_file(8)

    async def story() -> bytes:
        async with open_store() as writing:
            adding = asyncio.create_task(writing.add_file(file, content))
            await asyncio.to_thread(content.half_read.wait, 10)
            async with open_store() as other:
                content.go_on.set()
                await adding
                return await other.content(file)

    assert asyncio.run(story()) == b"12345678"
