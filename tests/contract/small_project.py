"""A project in a folder: a document, the settings that it needs, and a scenario or none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
[document]
upstream = "openapi.json"

[client]
distribution = "small"
package = "small"
class_name = "Small"
output = "build"
"""


def write_project(folder: Path, document: dict[str, Any], scenarios: str | None = None) -> None:
    """Write it; `scenarios` is the text of a Python file."""
    settings = SETTINGS
    if scenarios is not None:
        (folder / "scenarios.py").write_text(scenarios, encoding="utf-8")
        settings += '\n[contract]\nscenarios = ["scenarios.py"]\n'
    (folder / "specloom.toml").write_text(settings, encoding="utf-8")
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
