"""The effective document into diagnostics, by rules that are grouped by subject, one file each.

The document is walked once; each rule then meets the nodes of the kind that it asks for. Knows
nothing of code generation.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from specloom.config import BAD_CONFIG
from specloom.document.pointer import resolve

from . import (
    callbacks,
    component_names,
    components,
    consistency,
    copies,
    dialects,
    discriminators,
    encodings,
    event_texts,
    example_objects,
    examples,
    extensions,
    info,
    mappings,
    markdown,
    media_choice,
    methods,
    operations,
    paging,
    parameter_lists,
    parameter_values,
    parameters,
    path_pairs,
    paths,
    prose,
    references,
    refusals,
    responses,
    schema_all_of,
    schema_bounds,
    schema_enums,
    schema_limits,
    schema_patterns,
    schema_required,
    schema_style,
    schema_types,
    schema_unions,
    schemas,
    security,
    security_schemes,
    selection,
    server_variables,
    servers,
    statuses,
    streams,
    suppressions,
    tags,
    union_tags,
)
from .check import Check, rules_of
from .scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.config import Config
    from specloom.diagnostics import Collector, Rule
    from specloom.document.load import Document

    from .check import Finding

CHECKS: Final[tuple[Check, ...]] = tuple(
    chain(
        info.CHECKS,
        markdown.CHECKS,
        servers.CHECKS,
        server_variables.CHECKS,
        tags.CHECKS,
        paths.CHECKS,
        path_pairs.CHECKS,
        parameters.CHECKS,
        parameter_lists.CHECKS,
        parameter_values.CHECKS,
        operations.CHECKS,
        methods.CHECKS,
        callbacks.CHECKS,
        security.CHECKS,
        security_schemes.CHECKS,
        refusals.CHECKS,
        responses.CHECKS,
        statuses.CHECKS,
        media_choice.CHECKS,
        references.CHECKS,
        components.CHECKS,
        component_names.CHECKS,
        schemas.CHECKS,
        union_tags.CHECKS,
        discriminators.CHECKS,
        mappings.CHECKS,
        schema_types.CHECKS,
        schema_enums.CHECKS,
        schema_bounds.CHECKS,
        schema_patterns.CHECKS,
        schema_required.CHECKS,
        schema_all_of.CHECKS,
        schema_unions.CHECKS,
        schema_limits.CHECKS,
        schema_style.CHECKS,
        dialects.CHECKS,
        examples.CHECKS,
        example_objects.CHECKS,
        encodings.CHECKS,
        streams.CHECKS,
        event_texts.CHECKS,
        prose.CHECKS,
        paging.CHECKS,
        consistency.CHECKS,
        copies.CHECKS,
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
