"""A report into one page of HTML that opens from a file, offline, and runs nothing of others.

Takes what `report.json` holds, and knows nothing of runs.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from specloom.contract.findings.check_rules import CHECK_RULES, rule_of

from .charts import histogram, status_bar
from .matrix import NOT_COVERED
from .report_text import phases_made
from .visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_OTHERS: Final = {
    "html/index.html": "schemathesis",
    "junit.xml": "JUnit",
    "report.json": "JSON",
    "report.sarif": "SARIF",
    "server.log": "server log",
}
"""What else may be in the folder, and what the page calls it."""


def page(plain: dict[str, Any], folder: Path) -> str:
    """The page; what else is in the folder is linked to."""
    cells = plain["matrix"]
    own = {cell["check"] for cell in cells} - CHECK_RULES.keys()
    script = _packaged("page.js")
    return _environment().get_template("page.html.jinja").render(
        report=plain,
        host=urlsplit(plain["target"]).netloc or plain["target"],
        new=sum(not finding["known"] for finding in plain["findings"]),
        rule_of=rule_of,
        status_bar=status_bar,
        histogram=histogram,
        phases=phases_made(plain["operations"]),
        checks=list(dict.fromkeys(cell["check"] for cell in cells if cell["check"] not in own)),
        rows=_rows([cell for cell in cells if cell["check"] not in own]),
        own_cells=[cell for cell in cells if cell["check"] in own],
        gaps=_gaps(cells),
        others={name: text for name, text in _OTHERS.items() if _is_there(folder, name)},
        style=Markup(_packaged("page.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - the same
        script_hash=_hash(script),
    )  # fmt: skip


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("specloom.contract.reports", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    """What an expression of the template shows; markup of ours alone is left as it is."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _packaged(name: str) -> str:
    return files("specloom.contract.reports").joinpath(name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """What allows this one script and no other (CSP 3 §8.5)."""
    return b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _is_there(folder: Path, name: str) -> bool:
    # The reports that are written with the page need not be there yet.
    return name.startswith("report.") or (folder / name).is_file()


def _rows(cells: Sequence[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Cells by operation and check."""
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    for cell in cells:
        rows.setdefault(cell["operation"], {})[cell["check"]] = cell
    return rows


def _gaps(cells: Sequence[dict[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """What was not covered: a reason, its checks, and the operations of each."""
    gaps: dict[str, dict[str, list[str]]] = {}
    for cell in cells:
        if cell["verdict"] == NOT_COVERED:
            checks = gaps.setdefault(cell["reason"], {})
            checks.setdefault(cell["check"], []).append(cell["operation"])
    return gaps
