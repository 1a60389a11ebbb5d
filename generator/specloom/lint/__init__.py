"""The effective document into diagnostics, by rules that are grouped by subject, one file each.

The document is walked once; each rule then meets the nodes of the kind that it asks for. Knows
nothing of code generation.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from specloom.config import BAD_CONFIG

from . import selection, suppressions
from .check import Check, rules_of
from .components.checks import CHECKS as COMPONENTS
from .examples.checks import CHECKS as EXAMPLES
from .grouping import told
from .operations.checks import CHECKS as OPERATIONS
from .own_words import extensions
from .paths.checks import CHECKS as PATHS
from .prose.checks import CHECKS as PROSE
from .schemas.checks import CHECKS as SCHEMAS
from .scope import Scope
from .streams.checks import CHECKS as STREAMS
from .top_level.checks import CHECKS as TOP_LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.config import Config
    from specloom.diagnostics import Collector, Rule
    from specloom.document.load import Document

    from .check import Finding

    PlaceOf = Callable[[Rule, str, str], str | None]

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        TOP_LEVEL,
        PATHS,
        OPERATIONS,
        COMPONENTS,
        SCHEMAS,
        EXAMPLES,
        STREAMS,
        PROSE,
        extensions.CHECKS,
    )
)

RULES: Final[tuple[Rule, ...]] = (*rules_of(CHECKS), *suppressions.RULES)


def run(  # noqa: PLR0913 - a document, in three forms
    written: Document,
    document: Document,
    config: Config,
    collector: Collector,
    *,
    corrected: Document | None = None,
    place_of: PlaceOf = lambda _rule, _message, pointer: pointer,
) -> None:
    """Report all that the rules find, save what specloom.toml accepts with a reason.

    `written` is the upstream document in its own version, `corrected` the same with what it takes
    of its corrections, `document` the effective one. `place_of` gives where the author wrote what
    a rule says something of; None if nobody did.
    """
    codes = {rule.code for rule in looked_for(config, collector)}
    accepted = suppressions.read(config, RULES, collector)
    checks = tuple(check for check in CHECKS if check.rule.code in codes)
    for rule, finding in find(document, checks, written, corrected):

        def is_left_out(place: str, rule: Rule = rule, finding: Finding = finding) -> bool:
            is_accepted = accepted.cover(rule.code, place)
            return is_accepted or place_of(rule, finding.message, place) is None

        left = told(finding, is_left_out)
        if left:
            found = document.locate(left.pointer)
            pointer = place_of(rule, finding.message, left.pointer) or left.pointer
            collector.add(rule, left.message, replace(found, pointer=pointer), hint=left.hint)
    if suppressions.UNUSED_SUPPRESSION.code in codes:
        suppressions.report_unused(accepted, codes, config, collector)


def looked_for(config: Config, collector: Collector) -> list[Rule]:
    """The rules that specloom.toml chooses. A word that names none is told, and left out."""
    select, ignore = config.lint.select, config.lint.ignore
    for key, words in (("select", select), ("ignore", ignore)):
        for word, message in selection.unknown(RULES, words):
            place = config.place.of_value("lint", key, word)
            collector.add(BAD_CONFIG, f"`{key}`: {message}", place)
    # An entry that accepts nothing is told whatever is looked for, unless that is ignored.
    codes = selection.chosen(RULES, (*select, suppressions.UNUSED_SUPPRESSION.code), ignore)
    return [rule for rule in RULES if rule.code in codes]


def run_for_client(document: Document, collector: Collector) -> None:
    """Report only what a client could not be made from: words of ours that say nothing sound."""
    for rule, finding in find(document, extensions.CHECKS):
        left = told(finding, lambda _: False)
        if left:
            collector.add(rule, left.message, document.locate(left.pointer), hint=left.hint)


def find(
    document: Document,
    checks: tuple[Check, ...] = CHECKS,
    written: Document | None = None,
    corrected: Document | None = None,
) -> Iterator[tuple[Rule, Finding]]:
    """All that the rules find, each finding once though several uses lead to it."""
    effective = Scope(document)
    upstream = Scope(written) if written else effective
    after = Scope(corrected) if corrected else None
    seen = set()
    for check in checks:
        if check.as_written and after:
            found = _left(check, upstream, after)
        else:
            found = _found(check, upstream if check.as_written else effective)
        for finding in found:
            if (check.rule.code, finding) not in seen:
                seen.add((check.rule.code, finding))
                yield check.rule, finding


def _found(check: Check, scope: Scope) -> Iterator[Finding]:
    for node in scope.nodes.get(check.kind, ()):
        yield from check.find(node, scope)


def _left(check: Check, upstream: Scope, after: Scope) -> Iterator[Finding]:
    """What is found in the upstream document, and still with what it takes of its corrections."""
    before = {
        (finding.message, upstream.document.origin(place))
        for finding in _found(check, upstream)
        for place in (finding.pointer, *finding.also)
    }
    for finding in _found(check, after):
        places = [
            place
            for place in (finding.pointer, *finding.also)
            if (finding.message, after.document.origin(place)) in before
        ]
        if places:
            yield replace(finding, pointer=places[0], also=tuple(places[1:]))
