"""A document that is not valid into a copy whose shapes can be relied on, for rules to look at.

What is at fault is known by then; nothing is said here. What lint has rules of its own for, such
as the parameters of a path, stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.diagnostics import Collector, HaltedError
from specloom.document.copied import copied
from specloom.document.lift import LIFTED
from specloom.document.validity import faults_to_mend

from . import bodies, misplaced, recursion, references, shapes, strays
from .place import Mending

if TYPE_CHECKING:
    from specloom.document.load import Document

_STEPS = (misplaced.run, recursion.run, strays.run, bodies.run, shapes.run, references.run)


def sound(document: Document) -> tuple[Document, frozenset[str]]:
    """The copy, and the pointers of what it has instead of what was written.

    Raises HaltedError if something stays that nobody can read.
    """
    copy = replace(document, tree=copied(document.tree), origins=dict(document.origins))
    # The steps take 3.2; what 3.0 says otherwise, as `nullable`, is left for who lifts it.
    version = copy.tree["openapi"]
    copy.tree["openapi"] = LIFTED
    told = Collector()
    mending = Mending(copy, told)
    for run in _STEPS:
        run(mending)
    if any(True for _ in faults_to_mend(copy.tree)):
        raise HaltedError
    copy.tree["openapi"] = version
    places = {found.location.pointer for found in told.diagnostics}
    return copy, frozenset(places | {place.removesuffix("/$ref") for place in places})
