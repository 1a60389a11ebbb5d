"""A document as it was loaded into what lint's rules can rely on, and what is told of it before.

An invalid document is told all of its faults; then the rules look at a mended copy.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom.bundle import bundle
from specloom.diagnostics import Collector, HaltedError, Severity
from specloom.document.copied import copied
from specloom.document.object_kinds import kind_of
from specloom.document.pointer import around, resolve, tokens
from specloom.document.validate import judge, validate_by_library
from specloom.document.version import version_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.diagnostics import Diagnostic, Rule
    from specloom.document.load import Document
    from specloom.mend.traces import Traces

_ON_PARAMETERS: Final = "undeclared-path-parameter"


@dataclass(frozen=True, slots=True)
class Sound:
    """A document whose shapes are those of OpenAPI."""

    document: Document
    traces: Traces | None = None
    """What is not as it was written."""
    told: set[str] = field(default_factory=set)
    """The pointers of what is not valid."""

    def written(self, rule: Rule, message: str, pointer: str) -> str | None:
        """The pointer of a finding in the document as it was written.

        None if it says again what is told, or only follows from that.
        """
        place = self.traces.written(pointer) if self.traces else pointer
        if place is None or (place in self.told and _is_plain(place)):
            return None
        return None if self.traces and _follows(self.traces, rule, message, place) else place


def _is_plain(pointer: str) -> bool:
    """Whether OpenAPI puts a value there, and no object of which much may be said."""
    kind = kind_of(tuple(tokens(pointer)))
    return kind is None or kind.name == "schema"


def _follows(traces: Traces, rule: Rule, message: str, place: str) -> bool:
    if rule.name == _ON_PARAMETERS:
        return not traces.without_parameters.isdisjoint(around(place))
    return traces.has_lost(message)


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

    return Sound(*sound(document), {found.location.pointer for found in told.errors})


def judged_with_corrections(
    upstream: tuple[Document, Document], effective: Document, collector: Collector, *, slow: bool
) -> tuple[Sound, tuple[Document, Document] | None]:
    """Tell what breaks the specification in a corrected document, mended, and in its upstream.

    The upstream document is judged in its own version, without corrections and with those that
    it takes as it is: what only one of the two breaks is corrected, or is written in a later
    version's terms. Gives both, mended; none if nobody can read one of them.
    """
    told = Collector()
    try:
        judged_effective = judged(effective, told, slow=slow)
    finally:
        found, both = _of_upstream(upstream, effective)
        places = {one.location.pointer for one in found}
        found += [one for one in told.diagnostics if one.location.pointer not in places]
        collector.diagnostics += found
    return replace(judged_effective, told=judged_effective.told | places), both


def _of_upstream(
    upstream: tuple[Document, Document], effective: Document
) -> tuple[list[Diagnostic], tuple[Document, Document] | None]:
    collectors = Collector(), Collector()
    both = None
    with suppress(HaltedError):
        written, corrected = map(judged, upstream, collectors)
        both = written.document, corrected.document
    before, after = (
        {
            (one.rule.code, one.message, document.origin(one.location.pointer)): one
            for one in collector.diagnostics
        }
        for document, collector in zip(upstream, collectors, strict=True)
    )
    left = [one for key, one in after.items() if key in before]
    return [one for one in left if stands(effective, upstream[1], one.location.pointer)], both


def stands(document: Document, upstream: Document, pointer: str) -> bool:
    """Whether what is around a place of the upstream document is left in the effective one."""
    try:
        resolve(document.tree, pointer.rpartition("/")[0])
    except KeyError:
        return False
    return document.origin(pointer) == upstream.origin(pointer)


def _with_strays(document: Document) -> Document:
    """A copy whose references lead to objects of OpenAPI: those elsewhere are made components."""
    from specloom.mend import strays  # noqa: PLC0415
    from specloom.mend.place import Mending  # noqa: PLC0415

    tree = copied(document.tree)
    copy = replace(document, tree=tree, origins=dict(document.origins))
    strays.run(Mending(copy, Collector()))
    return copy
