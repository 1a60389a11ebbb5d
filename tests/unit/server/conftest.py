"""Opens stores on SQLite and on a PostgreSQL cluster that lives as long as the tests."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from completion_server.settings import Storage
from completion_server.storage import Message, Store

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]
NewMessage = Callable[..., Message]

PROGRAMS = Path("/usr/lib/postgresql")


def _cluster_programs() -> Path:
    found = sorted(PROGRAMS.glob("*/bin/initdb"))
    if not found:
        pytest.skip(f"PostgreSQL is not installed: no {PROGRAMS}/*/bin/initdb")
    return found[-1].parent


def _cluster_user() -> str:
    """Give who runs the cluster: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("root can't run PostgreSQL, and there is no user postgres")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """Run a cluster on a socket of its own; it isn't synced, for it doesn't outlive the tests."""
    programs, user = _cluster_programs(), _cluster_user()

    def run(program: str, *arguments: str) -> None:
        command: list[str | Path] = [programs / program, "--pgdata", folder / "data", *arguments]
        who = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": ()}
        as_user: dict[str, Any] = who if os.geteuid() == 0 else {}
        subprocess.run(  # noqa: S603
            command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user
        )

    # Not below pytest's own folder: others can't go there, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        shutil.chown(folder, user)
        run("initdb", "--auth=trust", "--username=tests", "--no-sync", "--encoding=UTF8")
        options = f"-F -c listen_addresses= -c max_connections=60 -k {folder}"
        run("pg_ctl", "start", "--wait", "--silent", "--log", str(folder / "log"), "-o", options)
        try:
            yield URL.create(
                "postgresql+psycopg",
                username="tests",
                database="postgres",
                query={"host": str(folder)},
            )
        finally:
            run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")
    finally:
        shutil.rmtree(folder)


def _new_schema(cluster: URL) -> URL:
    """Give the URL of a schema that nothing else uses, as good as an empty database."""
    name = f"s{uuid.uuid4().hex}"
    engine = create_engine(cluster)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return cluster.update_query_dict({"options": f"-csearch_path={name}"})


@pytest.fixture(params=["sqlite", "postgresql"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """Give settings of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return Storage()
    url = _new_schema(request.getfixturevalue("postgresql"))
    return Storage(database=url.render_as_string(hide_password=False))


@pytest.fixture
def open_store(tmp_path: Path, storage: Storage) -> OpenStore:
    """Open the test's store, as one more worker each time, until the block is left."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Store]:
        store = Store.open(tmp_path / "store", storage)
        try:
            yield store
        finally:
            await store.close()

    return opened


@pytest.fixture
def new_message() -> NewMessage:
    """Make a message that is nobody else's, of app "app" and user "user" unless said."""

    def make(app_id: str = "app", end_user_id: str = "user") -> Message:
        message_id, task_id, conversation_id = (str(uuid.uuid4()) for _ in range(3))
        return Message(message_id, task_id, app_id, end_user_id, conversation_id, 1_700_000_000)

    return make
