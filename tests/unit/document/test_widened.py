"""What is taken for anything counts as widened, whatever stage took it so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom import pipeline
from specloom.config import load_config
from specloom.diagnostics import Collector

if TYPE_CHECKING:
    from pathlib import Path

ANYTHING: dict[str, dict[str, Any]] = {
    "ambiguous dynamic reference": {
        "A": {"items": {"$dynamicRef": "#n"}, "$dynamicAnchor": "n"},
        "B": {"$dynamicAnchor": "n"},
    },
    "unknown type": {"A": {"type": "thing"}},
}


@pytest.mark.parametrize("case", ANYTHING)
def test_it_counts_once(case: str, tmp_path: Path) -> None:
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": ANYTHING[case]},
    }
    (tmp_path / "openapi.json").write_text(json.dumps(tree))
    (tmp_path / "specloom.toml").write_text(
        '[document]\nupstream = "openapi.json"\n'
        '[client]\ndistribution = "d"\npackage = "p"\nclass_name = "C"\noutput = "o"\n'
    )
    config, collector = load_config(tmp_path, Collector()), Collector()
    made = pipeline.generate(config, collector, check=True, templates=None, progress=print)
    assert made.widened == 1
