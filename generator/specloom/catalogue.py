"""Every rule of every stage, by its code; modules that own rules are listed here by name."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from specloom import config, diff, lint, mend, new_project
from specloom.contract.evidence import recordings
from specloom.contract.findings import check_rules, known_faults
from specloom.contract.plan import rules
from specloom.contract.replays import reported_finding
from specloom.document import load, overlay, references, select, skip, validate
from specloom.emit import templates, write
from specloom.emit.models import widened
from specloom.translate import rules as translation

if TYPE_CHECKING:
    from specloom.diagnostics import Rule

RULES: Final[tuple[Rule, ...]] = tuple(
    chain(
        config.RULES,
        new_project.RULES,
        load.RULES,
        validate.RULES,
        references.RULES,
        overlay.RULES,
        mend.RULES,
        skip.RULES,
        select.RULES,
        lint.RULES,
        diff.RULES,
        translation.RULES,
        widened.RULES,
        templates.RULES,
        write.RULES,
        rules.RULES,
        check_rules.RULES,
        recordings.RULES,
        known_faults.RULES,
        reported_finding.RULES,
    )
)


def find(word: str) -> Rule | None:
    """The rule that has a code or a name, or None."""
    return next((rule for rule in RULES if word.upper() == rule.code or word == rule.name), None)
