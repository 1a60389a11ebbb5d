"""The changes as findings of the new document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom import pipeline
from specloom.config import load_project
from specloom.diagnostics import Collector

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "openapi: 3.2.0\ninfo: {title: Shop, version: '1'}\n"
OPERATION = "paths: {/a: {get: {parameters: [LISTED], responses: {'200': {description: Ok.}}}}}\n"


def test_what_is_gone_from_a_list_is_not_told_of_what_has_its_place(tmp_path: Path) -> None:
    listed = [f"{{name: {name}, in: query, schema: {{type: string}}}}" for name in "abc"]
    for file, kept in (("old.yaml", listed), ("new.yaml", listed[1:])):
        text = HEAD + OPERATION.replace("LISTED", ", ".join(kept))
        (tmp_path / file).write_text(text, encoding="utf-8")
    old, new = (load_project(tmp_path / file, Collector()) for file in ("old.yaml", "new.yaml"))
    [change, _] = pipeline.difference(old, new, Collector()).findings
    assert change.location.pointer == "/paths/~1a/get/parameters"
