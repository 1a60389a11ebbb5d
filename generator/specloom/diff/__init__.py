"""Two effective documents into what changed between them, and whom each change breaks.

Who is broken by what, and why, is decision 0022.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import client, schemas
from .side import Side
from .wire import (
    answers,
    bodies,
    callbacks,
    encodings,
    headers,
    links,
    operations,
    parameters,
    responses,
    schemes,
    security,
    servers,
    streams,
    words,
)
from .wire.comparison import Comparison

if TYPE_CHECKING:
    from specloom.diagnostics import Rule
    from specloom.document.load import Document

    from .change import Change

KINDS: Final = tuple(
    chain(
        operations.KINDS,
        parameters.KINDS,
        bodies.KINDS,
        encodings.KINDS,
        responses.KINDS,
        answers.KINDS,
        headers.KINDS,
        links.KINDS,
        security.KINDS,
        schemes.KINDS,
        servers.KINDS,
        streams.KINDS,
        words.KINDS,
        callbacks.KINDS,
    )
)
"""The kinds of changes around schemas, whose verdicts are always the same."""

RULES: Final[tuple[Rule, ...]] = (
    *(kind.rule for kind in KINDS),
    *schemas.RULES,
    *client.RULES,
)


def changes(old: Document, new: Document) -> list[Change]:
    """Every change on the wire, in the order of the new document."""
    return Comparison(Side(old.tree), Side(new.tree)).changes()
