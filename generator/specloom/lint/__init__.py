"""The effective document into diagnostics, by rules that are grouped by subject, one file each.

The document is walked once; each rule then meets the nodes of the kind that it asks for. Knows
nothing of code generation.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from specloom.config import BAD_CONFIG
from specloom.document.pointer import resolve

from . import selection, suppressions
from .check import Check, rules_of
from .components.checks import CHECKS as COMPONENTS
from .examples.checks import CHECKS as EXAMPLES
from .operations.checks import CHECKS as OPERATIONS
from .own_words import extensions
from .paths.checks import CHECKS as PATHS
from .prose.checks import CHECKS as PROSE
from .schemas.checks import CHECKS as SCHEMAS
from .scope import Scope
from .streams.checks import CHECKS as STREAMS
from .top_level.checks import CHECKS as TOP_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.config import Config
    from specloom.diagnostics import Collector, Rule
    from specloom.document.load import Document

    from .check import Finding

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


def run(written: Document, document: Document, config: Config, collector: Collector) -> None:
    """Report all that the rules find, save what specloom.toml accepts with a reason.

    `written` is the upstream document in its own version, `document` the effective one.
    """
    codes = {rule.code for rule in looked_for(config, collector)}
    accepted = suppressions.read(config, RULES, collector)
    checks = tuple(check for check in CHECKS if check.rule.code in codes)
    for rule, finding in find(document, checks, written):
        if not accepted.cover(rule.code, finding.pointer):
            place = document.locate(finding.pointer)
            collector.add(rule, finding.message, place, hint=finding.hint)
    if suppressions.UNUSED_SUPPRESSION.code in codes:
        suppressions.report_unused(accepted, codes, config, collector)


def looked_for(config: Config, collector: Collector) -> list[Rule]:
    """The rules that specloom.toml chooses. Raises HaltedError at a word that names none."""
    select, ignore = config.lint.select, config.lint.ignore
    for key, words in (("select", select), ("ignore", ignore)):
        wrong = selection.unknown(RULES, words)
        if wrong:
            place = config.place.of_value("lint", key, wrong[0])
            collector.halt(BAD_CONFIG, f"`{key}`: {wrong[1]}", place)
    # An entry that accepts nothing is told whatever is looked for, unless that is ignored.
    codes = selection.chosen(RULES, (*select, suppressions.UNUSED_SUPPRESSION.code), ignore)
    return [rule for rule in RULES if rule.code in codes]


def run_for_client(document: Document, collector: Collector) -> None:
    """Report only what a client could not be made from: words of ours that say nothing sound."""
    for rule, finding in find(document, extensions.CHECKS):
        place = document.locate(finding.pointer)
        collector.add(rule, finding.message, place, hint=finding.hint)


def find(
    document: Document, checks: tuple[Check, ...] = CHECKS, written: Document | None = None
) -> Iterator[tuple[Rule, Finding]]:
    """All that the rules find, each finding once though several uses lead to it."""
    effective = Scope(document)
    upstream = Scope(written) if written else effective
    seen = set()
    for check in checks:
        scope = upstream if check.as_written else effective
        for node in scope.nodes.get(check.kind, ()):
            for finding in check.find(node, scope):
                if (check.rule.code, finding) in seen:
                    continue
                if check.as_written and _is_corrected(finding, scope.document, document):
                    continue
                seen.add((check.rule.code, finding))
                yield check.rule, finding


def _is_corrected(finding: Finding, written: Document, document: Document) -> bool:
    """Whether the overlay has taken away, or written anew, what a finding is about."""
    around = finding.pointer.rpartition("/")[0]
    try:
        resolve(document.tree, around)
    except KeyError:
        return True
    return document.origin(finding.pointer) != written.origin(finding.pointer)
