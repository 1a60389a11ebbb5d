"""The store, as operations call it: a database for what is asked for, a folder for contents.

Every call is done in a thread and to its end, even if the task that awaits it is cancelled.
Nobody waits for longer than half a minute: StoreTimeoutError, and what hadn't begun isn't done.
"""

import asyncio
import logging
import time
import uuid
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Self, TypeVar

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from completion_server.settings import Storage
from completion_server.storage import feedbacks, files, messages, workers
from completion_server.storage.contents import Contents
from completion_server.storage.database import Database
from completion_server.storage.engine import MEGABYTE, open_engine
from completion_server.storage.errors import StoreFullError, StoreTimeoutError
from completion_server.storage.records import Feedback, Message, StoredFile
from completion_server.storage.threads import Threads

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
DATABASE = "completions.sqlite3"
CONTENT_THREADS = 4
CALL_SECONDS = 30.0
CLOSE_SECONDS = 5.0


class Store:
    """Everything that outlives a request; several processes may open the same one at once.

    What a call has acknowledged survives the death of the process at any moment. SQLite syncs
    at its checkpoints only, so that a power cut may cost its last moments.
    """

    def __init__(self, database: Database, contents: Contents, most_bytes: int) -> None:
        self._database = database
        self._contents = contents
        self._most_bytes = most_bytes
        self._worker_id = str(uuid.uuid4())
        self._content_threads = Threads(CONTENT_THREADS, "contents")
        self._beginning: set[str] = set()

    @classmethod
    def open(cls, folder: Path, settings: Storage) -> Self:
        """Open the store of a folder, made if need be, as a new worker.

        Raises OSError if the folder can't be used, ValueError if the database can't.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        contents = Contents(folder / "files")
        url = settings.database or URL.create("sqlite", database=str(folder / DATABASE))
        database = Database(open_engine(url, settings.megabytes))
        store = cls(database, contents, settings.megabytes * MEGABYTE)
        try:
            store._join()
        except BaseException:
            store._content_threads.close(CLOSE_SECONDS)
            database.close(CLOSE_SECONDS)
            raise
        return store

    def _join(self) -> None:
        self._database.write(workers.join, self._worker_id).result()
        self._contents.settle(lambda each: self._database.read(files.is_kept, each).result())

    async def begin(self, message: Message, most: int | None) -> bool:
        """Keep a message as running; False, and nothing kept, if its app has `most` running.

        If nobody waits for it any longer, nobody will finish it: it ends at once.
        """
        begun = self._database.write(messages.begin, message, most, self._worker_id)
        self._beginning.add(message.task_id)
        try:
            return await _done(begun)
        except (asyncio.CancelledError, StoreTimeoutError):
            begun.add_done_callback(partial(self._end, message.id))
            raise
        finally:
            self._beginning.discard(message.task_id)

    def _end(self, message_id: str, begun: Future[bool]) -> None:
        if begun.cancelled() or begun.exception():
            return
        # Closed meanwhile: then nothing of this worker is running.
        with suppress(RuntimeError):
            self._database.write(messages.end, message_id).add_done_callback(_log_failure)

    async def finish(self, message_id: str, answer: str) -> None:
        """Keep the answer of a message, which is no longer running, whether or not there is room.

        Raises StoreFullError if there is no room for the answer.
        """
        try:
            await _done(self._database.write(messages.finish, message_id, answer))
        except StoreFullError:
            await _done(self._database.write(messages.end, message_id))
            raise

    async def running(self) -> set[str]:
        """List the tasks of this worker that are kept as running, but for those still beginning.

        One that its process doesn't know is left from a failed `finish`, and is to `end`.
        """
        tasks = await _done(self._database.read(messages.running_tasks, self._worker_id))
        return tasks - self._beginning

    async def end(self, task_id: str) -> None:
        """Say that a task of this worker is no longer running; its answer stays as it is."""
        await _done(self._database.write(messages.end_task, task_id, self._worker_id))

    async def message(
        self, message_id: str, app_id: str, end_user_id: str | None
    ) -> Message | None:
        """Find a message of this app, and of this user unless None."""
        return await _done(self._database.read(messages.find, message_id, app_id, end_user_id))

    async def request_stop(self, task_id: str, app_id: str, end_user_id: str) -> None:
        """Ask whichever worker runs this task of this user to stop it; else do nothing."""
        await _done(self._database.write(messages.request_stop, task_id, app_id, end_user_id))

    async def stops(self) -> list[str]:
        """List this worker's running tasks that are to stop."""
        return await _done(self._database.read(messages.stops, self._worker_id))

    async def beat(self) -> None:
        """Say that this worker is alive; what it runs counts for five seconds from now."""
        await _done(self._database.write(workers.beat, self._worker_id))

    async def add_file(self, file: StoredFile, content: BinaryIO) -> None:
        """Keep a file and its content; it is seen when both are safely kept, or never.

        Raises StoreFullError if there is no room, ValueError if the content isn't `size` long.
        """
        await _done(self._content_threads.submit(partial(self._add_file, file, content)))

    def _add_file(self, file: StoredFile, content: BinaryIO) -> None:
        with self._contents.writing(file, content):
            self._database.write(files.add, file, self._most_bytes).result()

    async def file(
        self, file_id: str, app_id: str | None, end_user_id: str | None
    ) -> StoredFile | None:
        """Find a file, of this app unless None, and of this user unless None."""
        return await _done(self._database.read(files.find, file_id, app_id, end_user_id))

    async def content(self, file: StoredFile) -> bytes:
        """Give the content of a file that was found."""
        return await _done(self._content_threads.submit(partial(self._contents.read, file)))

    async def rate(self, message: Message, rating: str, content: str | None, now: datetime) -> None:
        """Keep a feedback, or change the rating, content and `updated_at` of the one there is.

        `now` is UTC without a zone.
        """
        await _done(self._database.write(feedbacks.rate, message, rating, content, now))

    async def unrate(self, message_id: str) -> bool:
        """Forget the feedback on a message; False if there was none."""
        return await _done(self._database.write(feedbacks.unrate, message_id))

    async def feedbacks(self, app_id: str, offset: int, limit: int) -> list[Feedback]:
        """List an app's feedback, the newest first by creation."""
        return await _done(self._database.read(feedbacks.newest, app_id, offset, limit))

    async def check(self) -> None:
        """Raise if the database can't be asked."""
        await _done(self._database.read(files.is_kept, ""))

    async def close(self) -> None:
        """Wait for every call, but no longer than five seconds; leave, and take no more calls."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        until = time.monotonic() + CLOSE_SECONDS
        ended = self._content_threads.close(CLOSE_SECONDS)
        left = self._database.write(workers.leave, self._worker_id)
        ended = self._database.close(max(0.0, until - time.monotonic())) and ended
        if not ended:
            logger.warning("the store is closed, but not all its calls have ended")
        if left.done():
            left.result()


async def _done(future: Future[Result]) -> Result:
    """Await a call, which goes on if the awaiting task is cancelled.

    Raises StoreTimeoutError after half a minute.
    """
    waiting = asyncio.wrap_future(future)
    try:
        done, _ = await asyncio.wait({waiting}, timeout=CALL_SECONDS)
    except asyncio.CancelledError:
        waiting.add_done_callback(_log_failure)
        raise
    if done:
        return waiting.result()
    # What hasn't begun is cancelled with it.
    waiting.cancel()
    future.add_done_callback(_log_failure)
    raise StoreTimeoutError(f"the store didn't answer within {CALL_SECONDS:g} s")


def _log_failure(ended: "Future[Result] | asyncio.Future[Result]") -> None:
    """Log how a call failed that nobody waits for; a database's own words may quote values."""
    error = None if ended.cancelled() else ended.exception()
    reason = error.orig if isinstance(error, DBAPIError) else error
    if reason is not None:
        logger.error("a call that nobody waited for failed: %s", type(reason).__name__)
