"""Diagnostics into JUnit's XML, which CI servers show as tests.

A finding is a test that failed; a rule that was looked for and found nothing is one that passed.
Knows nothing of what found them.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Severity
from specloom.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.diagnostics import Diagnostic, Rule

_FAILING: Final = {Severity.ERROR, Severity.WARNING}
_NO_XML: Final = re.compile("[\ufffe\uffff]")


def render(diagnostics: Sequence[Diagnostic], looked_for: Iterable[Rule]) -> str:
    """One suite; what is less than a warning doesn't fail, and is told in the test's output."""
    found_by: dict[Rule, list[Diagnostic]] = {rule: [] for rule in looked_for}
    for found in diagnostics:
        found_by.setdefault(found.rule, []).append(found)
    cases = [case for rule, findings in found_by.items() for case in _cases(rule, findings)]
    failures = sum(found.severity in _FAILING for found in diagnostics)
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="specloom lint" {counts} time="0">',
            f'<testsuite name="specloom lint" {counts} skipped="0" time="0">',
            *cases,
            "</testsuite>",
            "</testsuites>",
        ]
    )


def _cases(rule: Rule, findings: Sequence[Diagnostic]) -> list[str]:
    """A test for each finding that fails; else the one that passed, with what was found."""
    failed = [_failed(found) for found in findings if found.severity in _FAILING]
    told = "\n".join(_told(found) for found in findings if found.severity not in _FAILING)
    output = f"<system-out>{_text(told)}</system-out>" if told else ""
    passed = f"<testcase{_identity(rule, rule.summary)}>{output}</testcase>"
    return failed + ([passed] if told or not failed else [])


def _failed(found: Diagnostic) -> str:
    place = found.location
    name = f"{place.pointer or place.file}: {found.message}"
    failure = (
        f"<failure message={_attribute(found.message)} type={_attribute(found.severity)}>"
        f"{_text(_told(found))}</failure>"
    )
    return f"<testcase{_identity(found.rule, name)}>{failure}</testcase>"


def _identity(rule: Rule, name: str) -> str:
    group = _attribute(f"{rule.code} {rule.name}")
    return f' classname={group} name={_attribute(name)} time="0"'


def _told(found: Diagnostic) -> str:
    place = found.location
    head = f"{place} {found.severity}: {found.message}"
    pointer = f"at {place.pointer}" if place.pointer else ""
    hint = f"hint: {found.hint}" if found.hint else ""
    return "\n".join(filter(None, (head, pointer, hint)))


def _attribute(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    return escape(_shown(text))


def _shown(text: str) -> str:
    """The text without what XML can't hold."""
    return _NO_XML.sub("", printable(text))
