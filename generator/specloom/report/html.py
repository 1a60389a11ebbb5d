"""Diagnostics into one page of HTML that opens from a file, offline, and runs nothing of others.

Knows nothing of what found them.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Severity
from specloom.text import printable

from .text import counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.diagnostics import Diagnostic, Rule

_GRAVEST_FIRST: Final = list(Severity)


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """The findings of each rule, the gravest first, and what the rule is for."""
    # Only a page needs them.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415

    def shown(value: Any) -> Any:
        """A document's text without what hides; our own markup as it is."""
        is_text = isinstance(value, str) and not isinstance(value, Markup)
        return printable(value) if is_text else value

    environment = Environment(
        loader=PackageLoader("specloom.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    script = _packaged("page.js")
    return environment.get_template("page.html.jinja").render(
        files=list(dict.fromkeys(found.location.file for found in diagnostics)),
        counts=counts(diagnostics),
        severities=[severity for severity in Severity if _has(diagnostics, severity)],
        groups=_groups(diagnostics),
        style=Markup(_packaged("page.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - the same
        script_hash=_hash(script),
    )


def _groups(diagnostics: Sequence[Diagnostic]) -> list[tuple[Rule, Severity, list[Diagnostic]]]:
    """The findings by rule and severity, in the order of their places."""
    groups: dict[tuple[Rule, Severity], list[Diagnostic]] = {}
    for found in diagnostics:
        groups.setdefault((found.rule, found.severity), []).append(found)
    ordered = sorted(groups, key=lambda key: (_GRAVEST_FIRST.index(key[1]), key[0].code))
    return [(*key, groups[key]) for key in ordered]


def _has(diagnostics: Sequence[Diagnostic], severity: Severity) -> bool:
    return any(found.severity is severity for found in diagnostics)


def _packaged(name: str) -> str:
    return files("specloom.report").joinpath(name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """What allows this one script and no other (CSP 3 §8.5)."""
    return b64encode(hashlib.sha256(script.encode()).digest()).decode()
