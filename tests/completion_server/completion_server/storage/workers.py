"""Says which worker processes are alive: those whose heart beat a moment ago.

The processes of one store are taken to agree on the time.
"""

import time

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from completion_server.storage.tables import running, store, workers

LIFE = 5.0
FORGOTTEN = 600.0


def alive() -> ColumnElement[bool]:
    """Give the condition that a row of `workers` is of a living one."""
    return workers.c.beat_at > _now() - LIFE


def join(connection: Connection, worker_id: str) -> None:
    """Enter a new worker, and forget those that were silent for ten minutes."""
    _lock(connection)
    silent = select(workers.c.id).where(workers.c.beat_at < _now() - FORGOTTEN)
    for gone in connection.scalars(silent).all():
        leave(connection, gone)
    beat(connection, worker_id)


def beat(connection: Connection, worker_id: str) -> None:
    """Say that this worker is alive, be it new, known or forgotten.

    No other transaction beats, or joins, until this one ends.
    """
    _lock(connection)
    beaten = update(workers).where(workers.c.id == worker_id).values(beat_at=_now())
    if connection.execute(beaten).rowcount == 0:
        connection.execute(insert(workers), {"id": worker_id, "beat_at": _now()})


def leave(connection: Connection, worker_id: str) -> None:
    """Forget a worker; what it was answering is no longer running."""
    connection.execute(delete(running).where(running.c.worker_id == worker_id))
    connection.execute(delete(workers).where(workers.c.id == worker_id))


def _lock(connection: Connection) -> None:
    # For where transactions run side by side; taken before any row of `workers`, in one order.
    connection.execute(select(store.c.version).with_for_update())


def _now() -> float:
    return time.time()
