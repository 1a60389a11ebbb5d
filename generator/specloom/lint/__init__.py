"""The effective document into diagnostics, by rules that are grouped by subject, one file each.

The document is walked once; each rule then meets the nodes of the kind that it asks for. Knows
nothing of code generation.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from . import (
    components,
    examples,
    extensions,
    operations,
    parameters,
    responses,
    schemas,
    streams,
    suppressions,
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
        components.CHECKS,
        parameters.CHECKS,
        operations.CHECKS,
        responses.CHECKS,
        schemas.CHECKS,
        examples.CHECKS,
        streams.CHECKS,
        extensions.CHECKS,
    )
)

RULES: Final[tuple[Rule, ...]] = (*rules_of(CHECKS), *suppressions.RULES)


def run(document: Document, config: Config, collector: Collector) -> None:
    """Report all that the rules find, save what specloom.toml accepts with a reason."""
    accepted = Suppressions(config)
    for rule, finding in find(document):
        if not accepted.cover(rule.code, finding.pointer):
            place = document.locate(finding.pointer)
            collector.add(rule, finding.message, place, hint=finding.hint)
    accepted.report_unused(collector)


def run_for_client(document: Document, collector: Collector) -> None:
    """Report only what a client could not be made from: words of ours that say nothing sound."""
    for rule, finding in find(document, extensions.CHECKS):
        place = document.locate(finding.pointer)
        collector.add(rule, finding.message, place, hint=finding.hint)


def find(document: Document, checks: tuple[Check, ...] = CHECKS) -> Iterator[tuple[Rule, Finding]]:
    """All that the rules find, each finding once though several uses lead to it."""
    scope = Scope(document)
    seen = set()
    for check in checks:
        for node in scope.nodes.get(check.kind, ()):
            for finding in check.find(node, scope):
                if (check.rule.code, finding) not in seen:
                    seen.add((check.rule.code, finding))
                    yield check.rule, finding
