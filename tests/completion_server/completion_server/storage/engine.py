"""Opens a database: its URL, what SQLite and PostgreSQL each need, and the tables in it.

No error that it raises shows a password.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from completion_server.storage.tables import SCHEMA_VERSION, metadata, store

MEGABYTE = 1024 * 1024
BUSY_MILLISECONDS = 30_000
CONNECT_SECONDS = 10
# Those built on libpq, which knows `connect_timeout`.
LIBPQ_DRIVERS = ("psycopg", "psycopg2")
# Whoever set another, in the URL or for the role or the server, knows better.
LIMIT_STATEMENTS = """
SELECT set_config(name, '30s', false) FROM pg_settings
WHERE name = 'statement_timeout' AND source = 'default'
"""
# Any number will do, if all processes of a store use the same.
CREATING = 0x636F6D70


def open_engine(url: str | URL, megabytes: int) -> Engine:
    """Connect to a database and make its tables; SQLite's file may grow to `megabytes`.

    The engine begins writing at once in SQLite, unless its option `reading` is set.
    Raises ValueError if the database can't be opened, or has another schema.
    """
    parsed = _parsed(url)
    try:
        return _prepared(parsed, megabytes)
    except (SQLAlchemyError, sqlite3.Error, ImportError, TypeError, ValueError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        shown = parsed.set(password=None, query={})
        raise ValueError(f"the database {shown} can't be used: {reason}") from None


def _prepared(url: URL, megabytes: int) -> Engine:
    engine = _engine(url, megabytes)
    try:
        with engine.begin() as connection:
            _create_or_check(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _parsed(url: str | URL) -> URL:
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError):
        # The cause might quote a part of the password.
        raise ValueError("the database is no SQLAlchemy URL, as sqlite:///file") from None
    if "@" in (parsed.host or ""):
        raise ValueError("the database's URL has an @ too many: in a password it is %40")
    return parsed


def _engine(url: URL, megabytes: int) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, megabytes)
    arguments: dict[str, Any] = {}
    if url.get_driver_name() in LIBPQ_DRIVERS and "connect_timeout" not in url.query:
        arguments["connect_timeout"] = CONNECT_SECONDS
    engine = create_engine(url, pool_pre_ping=True, connect_args=arguments, hide_parameters=True)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(LIMIT_STATEMENTS)
    cursor.close()
    connection.commit()


def _sqlite_engine(url: URL, megabytes: int) -> Engine:
    # One thread opens what another goes on with, even where the database is in memory.
    arguments = {"check_same_thread": False}
    engine = create_engine(url, poolclass=QueuePool, connect_args=arguments, hide_parameters=True)
    event.listen(engine, "connect", _sqlite_preparation(megabytes))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _sqlite_preparation(megabytes: int) -> Callable[[sqlite3.Connection, object], None]:
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # Transactions are begun by `_begin_sqlite`, not by the driver.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count = {megabytes * MEGABYTE // page_size}")

    return prepare


def _write_ahead(connection: sqlite3.Connection) -> None:
    # Where another is about to write, SQLite gives this one statement up without waiting.
    until = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes could fail where another wrote meanwhile.
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _create_or_check(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # One process at a time; BEGIN IMMEDIATE sees to it in SQLite.
        connection.execute(select(func.pg_advisory_xact_lock(CREATING)))
    if not inspect(connection).has_table(store.name):
        metadata.create_all(connection, checkfirst=False)
        connection.execute(insert(store).values(version=SCHEMA_VERSION, content_bytes=0))
    version = connection.scalar(select(store.c.version))
    if version != SCHEMA_VERSION:
        raise ValueError(f"its schema is version {version}, not {SCHEMA_VERSION}")
