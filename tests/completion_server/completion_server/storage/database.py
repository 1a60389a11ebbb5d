"""Runs work on a database in threads of its own, each piece in one transaction.

Knows nothing of what is kept there.
"""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from completion_server.storage.errors import StoreFullError

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

# SQLite has one writer at a time: more threads would only wait for each other.
SQLITE_THREADS = 1
THREADS = 4
POSTGRESQL_DISK_FULL = "53100"


class Database:
    """An engine and the threads that use it; work begins in the order in which it came."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        threads = SQLITE_THREADS if engine.dialect.name == "sqlite" else THREADS
        self._threads = ThreadPoolExecutor(threads, "database")

    def write(
        self, work: Callable[[Connection, *Arguments], Result], *arguments: *Arguments
    ) -> Future[Result]:
        """Do work whose changes are kept unless it raises; StoreFullError if there is no room."""
        return self._threads.submit(_transact, self._engine, lambda c: work(c, *arguments))

    def read(
        self, work: Callable[[Connection, *Arguments], Result], *arguments: *Arguments
    ) -> Future[Result]:
        """Do work that changes nothing."""
        return self._threads.submit(_transact, self._reading, lambda c: work(c, *arguments))

    def close(self) -> None:
        """Wait for all work that came, and take no more."""
        self._threads.shutdown()
        self._engine.dispose()


def _transact(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    try:
        with engine.begin() as connection:
            return work(connection)
    except DBAPIError as error:
        if _is_full(error.orig):
            raise StoreFullError("the database is full") from None
        raise


def _is_full(error: BaseException | None) -> bool:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return True
    return getattr(error, "sqlstate", None) == POSTGRESQL_DISK_FULL
