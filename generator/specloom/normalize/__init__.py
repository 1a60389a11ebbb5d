"""The effective document into the normalized one, pass by pass, with the same meaning.

Each pass is idempotent and keeps which instances are valid, or what OpenAPI says more than JSON
Schema of them (discriminators, `readOnly`, the data of events). Knows nothing of Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.document.load import Document

from . import (
    all_of,
    discriminators,
    hoist,
    inline,
    nullable,
    order,
    parameters,
    read_only,
    references,
    streams,
    values,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PASSES: Final[tuple[Callable[[Document], None], ...]] = (
    references.run,
    inline.run,
    parameters.run,
    streams.run,
    all_of.run,
    values.run,
    nullable.run,
    discriminators.run,
    read_only.run,
    hoist.run,
)


def normalize(document: Document) -> Document:
    """A copy of the document in its normal form, its members in the order of their names."""
    normal = Document(order.ordered(document.tree), document.source, dict(document.origins))
    for run in PASSES:
        run(normal)
    order.sort_components(normal.tree)
    return normal
