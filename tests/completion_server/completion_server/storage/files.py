"""Keeps what describes files, and holds the sum of their sizes to a bound."""

from sqlalchemy import Connection, insert, select, update

from completion_server.storage.errors import StoreFullError
from completion_server.storage.records import StoredFile
from completion_server.storage.tables import files, store


def add(connection: Connection, file: StoredFile, most: int) -> None:
    """Keep a file's description; StoreFullError if the sizes would pass `most` bytes."""
    grown = store.c.content_bytes + file.size
    if connection.execute(update(store).where(grown <= most).values(content_bytes=grown)).rowcount:
        connection.execute(insert(files), vars(file))
    else:
        raise StoreFullError(f"files would pass {most} bytes")


def find(
    connection: Connection, file_id: str, app_id: str | None, end_user_id: str | None
) -> StoredFile | None:
    """Find a file, of this app unless None, and of this user unless None."""
    found = select(files).where(files.c.id == file_id)
    if app_id is not None:
        found = found.where(files.c.app_id == app_id)
    if end_user_id is not None:
        found = found.where(files.c.end_user_id == end_user_id)
    row = connection.execute(found).one_or_none()
    return None if row is None else StoredFile(*row)


def is_kept(connection: Connection, file_id: str) -> bool:
    """Tell whether there is a file of this id."""
    return find(connection, file_id, None, None) is not None
