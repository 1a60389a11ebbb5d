"""A document as it was loaded into what lint's rules can rely on, and what is told of it before.

An invalid document is told all of its faults; then the rules look at a mended copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specloom.bundle import bundle
from specloom.diagnostics import Collector, HaltedError, Severity
from specloom.document.copied import copied
from specloom.document.validate import judge, validate_by_library
from specloom.document.version import version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.diagnostics import Diagnostic
    from specloom.document.load import Document


@dataclass(frozen=True, slots=True)
class Sound:
    """A document whose shapes are those of OpenAPI."""

    document: Document
    mended: frozenset[str] = frozenset()
    """The pointers of what is not as it was written."""

    def known(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings less those about what was made up."""
        return [found for found in findings if found.location.pointer not in self.mended]


def bundled(document: Document, remote: Sequence[str], collector: Collector) -> Document:
    """The document with all that it refers to; what can't be read is told, and left out."""
    told = Collector()
    try:
        return bundle(document, remote, told, refusals=Severity.WARNING)
    finally:
        for found in told.diagnostics:
            collector.add(found.rule, found.message, found.location, hint=found.hint)


def settle(document: Document, collector: Collector) -> None:
    """Take a version that is not whole for what it means. Raises HaltedError if it is none."""
    try:
        version_of(document, collector)
    except HaltedError:
        from specloom.mend import version  # noqa: PLC0415

        version.settle(document, Collector())


def judged(document: Document, collector: Collector, *, slow: bool = False) -> Sound:
    """Tell all that breaks the specification, and mend a copy if there is anything.

    With `slow`, openapi-spec-validator has its say. Raises HaltedError if nobody can read it.
    """
    told = Collector()
    if judge(document, told):
        document, told = _with_strays(document), Collector()
        judge(document, told)
    if slow and not told.errors:
        validate_by_library(document, told)
    already = {(found.rule.code, found.location) for found in collector.diagnostics}
    collector.diagnostics += [
        found for found in told.diagnostics if (found.rule.code, found.location) not in already
    ]
    if not told.errors:
        return Sound(document)
    # Most documents need none of it.
    from specloom.mend.sound import sound  # noqa: PLC0415

    return Sound(*sound(document))


def _with_strays(document: Document) -> Document:
    """A copy whose references lead to objects of OpenAPI: those elsewhere are made components."""
    from specloom.mend import strays  # noqa: PLC0415
    from specloom.mend.place import Mending  # noqa: PLC0415

    tree = copied(document.tree)
    copy = replace(document, tree=tree, origins=dict(document.origins))
    strays.run(Mending(copy, Collector()))
    return copy
