"""Runs work on a database in threads of its own, each piece in one transaction.

Knows nothing of what is kept there.
"""

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from completion_server.storage.errors import (
    StoreFullError,
    StoreTimeoutError,
    UncertainCommitError,
)
from completion_server.storage.threads import Threads

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

# SQLite has one writer at a time: more threads would only wait for each other.
SQLITE_THREADS = 1
THREADS = 4
POSTGRESQL_DISK_FULL = "53100"
# What libpq and psycopg say of a connection that took too long.
CONNECTING_TIMED_OUT = "timeout expired"


class Database:
    """An engine and the threads that use it; work begins in the order in which it came."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)
        threads = SQLITE_THREADS if engine.dialect.name == "sqlite" else THREADS
        self._threads = Threads(threads, "database")

    def write(
        self, work: Callable[[Connection, *Arguments], Result], *arguments: *Arguments
    ) -> Future[Result]:
        """Do work whose changes are kept unless it raises; StoreFullError if there is no room."""
        return self._threads.submit(lambda: _transact(self._engine, lambda c: work(c, *arguments)))

    def read(
        self, work: Callable[[Connection, *Arguments], Result], *arguments: *Arguments
    ) -> Future[Result]:
        """Do work that changes nothing."""
        return self._threads.submit(lambda: _transact(self._reading, lambda c: work(c, *arguments)))

    def close(self, seconds: float) -> bool:
        """Take no more work, and wait for what came; False if the seconds were too few.

        Then the connections stay open, for they are at work.
        """
        ended = self._threads.close(seconds)
        if ended:
            self._engine.dispose()
        return ended


def _transact(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    worked = False
    try:
        with engine.begin() as connection:
            result = work(connection)
            worked = True
    except DBAPIError as error:
        if _is_full(error.orig):
            raise StoreFullError("the database is full") from None
        if CONNECTING_TIMED_OUT in str(error.orig):
            raise StoreTimeoutError("the database can't be reached in time") from None
        if worked:
            raise UncertainCommitError("the database doesn't say what it kept") from error
        raise
    return result


def _is_full(error: BaseException | None) -> bool:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return True
    return getattr(error, "sqlstate", None) == POSTGRESQL_DISK_FULL
