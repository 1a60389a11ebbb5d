"""The tables of a store, in SQLAlchemy's words; every query of the room goes by an index here.

Columns of `messages` and `files` stand in the order of their records' fields.
"""

import re

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

SCHEMA_VERSION = 1
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class AnyText(TypeDecorator[str]):
    """Any text; what some databases refuse, NUL and lone surrogates, is kept as U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Replace what can't be stored; None is NULL."""
        return None if value is None else UNSTORABLE.sub("\ufffd", value)


class Identifier(AnyText):
    """A short text, which every database can index."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Give the type that the database knows."""
        return dialect.type_descriptor(String(64))


metadata = MetaData()

# One row: which schema this is, and how many bytes the contents of files come to.
store = Table(
    "store",
    metadata,
    Column("version", Integer, nullable=False),
    Column("content_bytes", BigInteger, nullable=False),
)

workers = Table(
    "workers",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("beat_at", Double, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("task_id", Identifier, nullable=False),
    Column("app_id", Identifier, nullable=False),
    Column("end_user_id", Identifier, nullable=False),
    Column("conversation_id", Identifier, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("answer", AnyText, nullable=False),
)

# The messages that a worker is answering: few, so that counting them is quick.
running = Table(
    "running",
    metadata,
    Column("message_id", ForeignKey(messages.c.id), primary_key=True),
    Column("task_id", Identifier, nullable=False, index=True),
    Column("app_id", Identifier, nullable=False, index=True),
    Column("end_user_id", Identifier, nullable=False),
    Column("worker_id", Identifier, nullable=False, index=True),
    Column("stopping", Boolean, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("app_id", Identifier, nullable=False),
    Column("end_user_id", Identifier, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("extension", AnyText, nullable=False),
    Column("mime_type", AnyText, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

# `number` tells apart those of one moment: the later has the greater.
feedbacks = Table(
    "feedbacks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Identifier, nullable=False),
    Column("message_id", ForeignKey(messages.c.id), nullable=False, unique=True),
    Column("app_id", Identifier, nullable=False),
    Column("rating", AnyText, nullable=False),
    Column("content", AnyText),
    Column("created_at", DateTime, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    Index("ix_feedbacks_newest", "app_id", "created_at", "number"),
)
