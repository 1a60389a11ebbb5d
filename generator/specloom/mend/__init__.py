"""A document that breaks the specification into one that a client can be made from.

Each place is given its nearest honest meaning, with a warning there; what has none is an error
(decision 0016). Takes OpenAPI 3.2, so a 3.0 or 3.1 document is lifted before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    bodies,
    defaults,
    explosion,
    misplaced,
    names,
    parameters,
    recursion,
    references,
    rules,
    shapes,
    strays,
    unions,
)
from .place import Mending

if TYPE_CHECKING:
    from specloom.diagnostics import Collector
    from specloom.document.load import Document

RULES = rules.RULES

# What is referred to is made whole before references are judged, and what names a place after.
_STEPS = (
    misplaced.run,
    recursion.run,
    strays.run,
    bodies.run,
    shapes.run,
    references.run,
    unions.run,
    explosion.run,
    parameters.run,
    names.run,
    defaults.run,
)


def mend(document: Document, collector: Collector) -> None:
    """Mend the document in place; one that is valid stays as it is."""
    mending = Mending(document, collector)
    for run in _STEPS:
        run(mending)
