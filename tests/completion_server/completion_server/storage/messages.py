"""Keeps messages, and which of them are running; knows nothing of threads."""

from sqlalchemy import Connection, delete, func, insert, select, update

from completion_server.storage import workers
from completion_server.storage.records import Message
from completion_server.storage.tables import messages, running
from completion_server.storage.tables import workers as worker_rows


def begin(connection: Connection, message: Message, most: int | None, worker_id: str) -> bool:
    """Keep a message as running; False, and nothing kept, if its app has `most` running.

    Its worker beats with it, so that what has just begun counts at once.
    """
    # Where transactions run side by side, this also keeps others from counting meanwhile.
    workers.beat(connection, worker_id)
    if most is not None and _count_running(connection, message.app_id) >= most:
        return False
    connection.execute(insert(messages), vars(message))
    row = {
        "message_id": message.id,
        "task_id": message.task_id,
        "app_id": message.app_id,
        "end_user_id": message.end_user_id,
        "worker_id": worker_id,
        "stopping": False,
    }
    connection.execute(insert(running), row)
    return True


def _count_running(connection: Connection, app_id: str) -> int:
    living = running.join(worker_rows, running.c.worker_id == worker_rows.c.id)
    counted = select(func.count()).select_from(living)
    return connection.scalar(counted.where(running.c.app_id == app_id, workers.alive())) or 0


def finish(connection: Connection, message_id: str, answer: str) -> None:
    """Keep the answer of a message that is no longer running."""
    end(connection, message_id)
    connection.execute(update(messages).where(messages.c.id == message_id).values(answer=answer))


def end(connection: Connection, message_id: str) -> None:
    """Say that a message is no longer running, without an answer."""
    connection.execute(delete(running).where(running.c.message_id == message_id))


def end_task(connection: Connection, task_id: str, worker_id: str) -> None:
    """Say that a task of this worker is no longer running."""
    mine = (running.c.task_id == task_id, running.c.worker_id == worker_id)
    connection.execute(delete(running).where(*mine))


def running_tasks(connection: Connection, worker_id: str) -> set[str]:
    """List the tasks that this worker is said to run."""
    mine = select(running.c.task_id).where(running.c.worker_id == worker_id)
    return set(connection.scalars(mine))


def find(
    connection: Connection, message_id: str, app_id: str, end_user_id: str | None
) -> Message | None:
    """Find a message of this app, and of this user unless None."""
    found = select(messages).where(messages.c.id == message_id, messages.c.app_id == app_id)
    if end_user_id is not None:
        found = found.where(messages.c.end_user_id == end_user_id)
    row = connection.execute(found).one_or_none()
    return None if row is None else Message(*row)


def request_stop(connection: Connection, task_id: str, app_id: str, end_user_id: str) -> None:
    """Mark the running message of this task, if it is of this app and user."""
    own = (running.c.app_id == app_id, running.c.end_user_id == end_user_id)
    marked = update(running).where(running.c.task_id == task_id, *own)
    connection.execute(marked.values(stopping=True))


def stops(connection: Connection, worker_id: str) -> list[str]:
    """List the tasks of this worker that are to stop."""
    mine = (running.c.worker_id == worker_id, running.c.stopping)
    return list(connection.scalars(select(running.c.task_id).where(*mine)))
