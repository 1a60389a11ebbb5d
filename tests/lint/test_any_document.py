"""However a document is broken, lint says so and its rules go on; never does it break down."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from specloom.config import ClientSettings, Config, DocumentSettings, LintSettings
from specloom.diagnostics import Collector, HaltedError
from specloom.pipeline import linted
from tests.unit.document.test_mend_any import broken

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = ClientSettings("client", "client", "Client", "client")
ALL = LintSettings(select=("all",))


def found(tree: dict[str, Any], folder: Path, *, slow: bool = False) -> Collector:
    """All that any rule finds."""
    (folder / "openapi.json").write_text(json.dumps(tree), encoding="utf-8")
    config = Config(folder, CLIENT, DocumentSettings("openapi.json"), lint=ALL)
    collector = Collector()
    with suppress(HaltedError):
        linted(config, collector, slow=slow)
    return collector


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken())
def test_whatever_is_broken_is_told(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, Any]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    # What breaks it may be allowed where it was put.
    assert found(tree, folder).errors or not found(tree, folder, slow=True).errors
