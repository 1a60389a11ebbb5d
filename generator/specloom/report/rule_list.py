"""Rules into a list by subject, for people and programs.

Knows nothing of what finds them.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.diagnostics import Rule

_SUBJECTS: Final = {
    "OAS100": "Document",
    "OAS120": "Components",
    "OAS130": "Servers",
    "OAS140": "Tags",
    "OAS150": "References",
    "OAS200": "Parameters",
    "OAS220": "Paths",
    "OAS300": "Operations",
    "OAS330": "Operations beside one another",
    "OAS400": "Responses",
    "OAS500": "Schemas",
    "OAS570": "Versions of OpenAPI",
    "OAS590": "Descriptions",
    "OAS600": "Examples",
    "OAS700": "Streams",
    "OAS800": "Security",
    "OAS900": "Words of ours",
    "OAS990": "Suppressions",
    "DIF000": "Differences",
    "DOC000": "Reading and mending",
    "OVL000": "Overlays",
    "CFG000": "Settings",
    "NEW000": "New projects",
    "GEN000": "Generation",
    "TPL000": "Templates",
    "OUT000": "Output",
    "CON000": "Contract tests",
}
"""By the first code of each, in the order in which they are listed."""

Subjects = list[tuple[str, list["Rule"]]]


def by_subject(rules: Iterable[Rule]) -> Subjects:
    """The rules of each subject by their codes, lint's own first."""
    order = list(_SUBJECTS)
    placed = sorted(rules, key=lambda rule: (order.index(_first(rule)), rule.code))
    return [(_SUBJECTS[first], list(group)) for first, group in groupby(placed, _first)]


def subject_of(rule: Rule) -> str:
    """What a rule is about."""
    return _SUBJECTS[_first(rule)]


def _first(rule: Rule) -> str:
    return max(first for first in _SUBJECTS if first <= rule.code and first[:3] == rule.code[:3])


def text(rules: Iterable[Rule]) -> str:
    """A line for each rule: code, name, severity, `off` if it is not recommended, summary."""
    listed = by_subject(rules)
    width = max(len(rule.name) for _, group in listed for rule in group)
    return "\n\n".join("\n".join((subject, *_lines(group, width))) for subject, group in listed)


def _lines(group: Iterable[Rule], width: int) -> Iterator[str]:
    for rule in group:
        on = "   " if rule.recommended else "off"
        yield f"  {rule.code}  {rule.name:{width}}  {rule.severity:7}  {on}  {rule.summary}"


def json_text(rules: Iterable[Rule]) -> str:
    """A JSON array of `{code, name, subject, severity, recommended, summary, explanation}`."""
    lines = [
        json.dumps(_plain(rule, subject), ensure_ascii=False)
        for subject, group in by_subject(rules)
        for rule in group
    ]
    return "[\n  " + ",\n  ".join(lines) + "\n]"


def _plain(rule: Rule, subject: str) -> dict[str, str | bool]:
    return {
        "code": rule.code,
        "name": rule.name,
        "subject": subject,
        "severity": rule.severity.value,
        "recommended": rule.recommended,
        "summary": rule.summary,
        "explanation": rule.explanation,
    }


def markdown(rules: Iterable[Rule]) -> str:
    """A table for each subject."""
    return "\n\n".join(_table(subject, group) for subject, group in by_subject(rules))


def _table(subject: str, group: Iterable[Rule]) -> str:
    head = f"### {subject}\n\n| code | name | severity | what it finds |\n|---|---|---|---|"
    return "\n".join((head, *map(_row, group)))


def _row(rule: Rule) -> str:
    severity = rule.severity if rule.recommended else f"{rule.severity}, off"
    summary = rule.summary.replace("|", "\\|")
    return f"| {rule.code} | `{rule.name}` | {severity} | {summary} |"
