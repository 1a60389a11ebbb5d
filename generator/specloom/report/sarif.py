"""Diagnostics into SARIF 2.1.0, which code scanning services read.

Knows nothing of what found them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from specloom.diagnostics import Severity
from specloom.text import printable

from .rule_list import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.diagnostics import Diagnostic, Location, Rule

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
# Python has a file name's odd bytes as U+DC80 to U+DCFF; no other half character is of a name.
_NO_BYTE: Final = re.compile("[\ud800-\udc7f\udd00-\udfff]")
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
    from importlib.metadata import version  # noqa: PLC0415 - long to import

    rules = {rule: index for index, rule in enumerate(dict.fromkeys(f.rule for f in diagnostics))}
    prints = _fingerprints(diagnostics)
    results = [
        _result(found, rules[found.rule], fingerprint, accepted or {})
        for found, fingerprint in zip(diagnostics, prints, strict=True)
    ]
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
        "properties": {"tags": [subject_of(rule)]},
    }


def _result(
    found: Diagnostic, rule_index: int, fingerprint: str, accepted: Mapping[Diagnostic, str]
) -> dict[str, Any]:
    message = "\n".join(filter(None, (found.message, found.hint)))
    result: dict[str, Any] = {
        "ruleId": found.rule.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[found.severity],
        "message": {"text": printable(message)},
        "locations": [_location(found.location)],
        "partialFingerprints": {"ruleAndPointer/v1": fingerprint},
    }
    if found in accepted:
        reason = printable(accepted[found])
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _fingerprints(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """What stays the same of a finding when lines are added above it; which of several it is."""
    met: Counter[str] = Counter()
    for found in diagnostics:
        place = found.location
        told = "\n".join((found.rule.code, _artifact(place.file)["uri"], place.pointer))
        name = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        met[name] += 1
        yield f"{name}:{met[name]}"


def _location(place: Location) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(place.file), "region": region}
    }
    if place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": printable(place.pointer)}]
    return location


def _artifact(file: str) -> dict[str, str]:
    path, here = Path(_NO_BYTE.sub("", file)), Path.cwd()
    if path.is_relative_to(here):
        path = path.relative_to(here)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix(), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
