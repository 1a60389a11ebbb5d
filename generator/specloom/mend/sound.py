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
from .traces import Traces, traces

if TYPE_CHECKING:
    from specloom.document.load import Document
    from specloom.document.validity import Fault


def sound(document: Document) -> tuple[Document, Traces]:
    """The copy, and what it has instead of what was written.

    Raises HaltedError if something stays that nobody can read.
    """
    copy = replace(document, tree=copied(document.tree), origins=dict(document.origins))
    # The steps take 3.2; what 3.0 says otherwise, as `nullable`, is left for who lifts it.
    version = copy.tree["openapi"]
    copy.tree["openapi"] = LIFTED
    told = Collector()
    _mend(Mending(copy, told))
    copy.tree["openapi"] = version
    found = traces(document, copy)
    places = {one.location.pointer for one in told.diagnostics}
    found.said |= places | {place.removesuffix("/$ref") for place in places}
    return copy, found


def _mend(mending: Mending) -> None:
    for run in (misplaced.run, recursion.run, strays.run, bodies.run):
        run(mending)
    shapes.run(mending, _is_for_rules)
    references.run(mending)
    if not all(map(_is_for_rules, faults_to_mend(mending.document.tree))):
        raise HaltedError


def _is_for_rules(fault: Fault) -> bool:
    # A rule tells it in every version, and no other stumbles at it.
    return fault.is_about_examples
