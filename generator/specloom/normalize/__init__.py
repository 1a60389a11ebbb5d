"""The effective document into the normalized one, pass by pass, with the same meaning.

Each pass is idempotent and keeps which instances are valid. Knows nothing of Python.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from specloom.document.load import Document

from . import discriminators, hoist, inline, nullable, parameters, streams

if TYPE_CHECKING:
    from collections.abc import Callable

PASSES: Final[tuple[Callable[[Document], None], ...]] = (
    inline.run,
    parameters.run,
    streams.run,
    nullable.run,
    discriminators.run,
    hoist.run,
)


def normalize(document: Document) -> Document:
    """A copy of the document in its normal form."""
    normal = Document(copy.deepcopy(document.tree), document.source, dict(document.origins))
    for run in PASSES:
        run(normal)
    return normal
