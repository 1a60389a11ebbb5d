"""The effective document into diagnostics, by rules that are grouped by subject, one file each.

The document is walked once; each rule then meets the nodes of the kind that it asks for. Knows
nothing of code generation.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from specloom.document.pointer import resolve

from . import (
    components,
    consistency,
    dialects,
    examples,
    extensions,
    info,
    operations,
    paging,
    parameters,
    paths,
    prose,
    references,
    responses,
    schemas,
    security,
    servers,
    streams,
    suppressions,
    tags,
)
from .check import Check, rules_of
from .scope import Scope
from .suppressions import Suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.config import Config
    from specloom.diagnostics import Collector, Rule
    from specloom.document.load import Document

    from .check import Finding

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        info.CHECKS,
        servers.CHECKS,
        tags.CHECKS,
        paths.CHECKS,
        parameters.CHECKS,
        operations.CHECKS,
        security.CHECKS,
        responses.CHECKS,
        references.CHECKS,
        components.CHECKS,
        schemas.CHECKS,
        dialects.CHECKS,
        examples.CHECKS,
        streams.CHECKS,
        prose.CHECKS,
        paging.CHECKS,
        consistency.CHECKS,
        extensions.CHECKS,
    )
)

RULES: Final[tuple[Rule, ...]] = (*rules_of(CHECKS), *suppressions.RULES)


def run(written: Document, document: Document, config: Config, collector: Collector) -> None:
    """Report all that the rules find, save what specloom.toml accepts with a reason.

    `written` is the upstream document in its own version, `document` the effective one.
    """
    accepted = Suppressions(config)
    for rule, finding in find(document, _chosen(config), written):
        if not accepted.cover(rule.code, finding.pointer):
            place = document.locate(finding.pointer)
            collector.add(rule, finding.message, place, hint=finding.hint)
    accepted.report_unused(collector)


def _chosen(_config: Config) -> tuple[Check, ...]:
    return tuple(check for check in CHECKS if check.rule.recommended)


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
