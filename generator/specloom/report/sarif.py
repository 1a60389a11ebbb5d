"""Diagnostics into SARIF 2.1.0, which code scanning services read.

Knows nothing of what found them.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from specloom.diagnostics import Severity
from specloom.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.diagnostics import Diagnostic, Location, Rule

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.HINT: "note",
}


def render(
    diagnostics: Sequence[Diagnostic], accepted: Mapping[Diagnostic, str] | None = None
) -> str:
    """One run of specloom; `accepted` says why some of the diagnostics are borne.

    Files below the working directory are relative to `%SRCROOT%`.
    """
    rules = list(dict.fromkeys(found.rule for found in diagnostics))
    results = [_result(found, rules, accepted or {}) for found in diagnostics]
    driver = {
        "name": "specloom",
        "version": version("specloom"),
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": rule.explanation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(
    found: Diagnostic, rules: list[Rule], accepted: Mapping[Diagnostic, str]
) -> dict[str, Any]:
    message = "\n".join(filter(None, (found.message, found.hint)))
    result: dict[str, Any] = {
        "ruleId": found.rule.code,
        "ruleIndex": rules.index(found.rule),
        "level": _LEVELS[found.severity],
        "message": {"text": printable(message)},
        "locations": [_location(found.location)],
    }
    if found in accepted:
        reason = printable(accepted[found])
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _location(place: Location) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(place.file), "region": region}
    }
    if place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": printable(place.pointer)}]
    return location


def _artifact(file: str) -> dict[str, str]:
    path, here = Path(file), Path.cwd()
    if path.is_relative_to(here):
        path = path.relative_to(here)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix(), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
