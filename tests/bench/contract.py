"""A contract test of the embedded server, as a whole run, beside schemathesis alone.

Wall time to a case: the two don't make just as many.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.config import load_config
from specloom.contract.plan.options import PROFILES
from specloom.diagnostics import Collector
from specloom.pipeline import effective
from tests.bench.measure import Figure, Row, Scale, Work, compare
from tests.bench.process import ROOT, installed
from tests.server_process import running_completion_server

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPEC = ROOT / "spec/completion"
_KEY = "app-completion-server-key"


def figures(scale: Scale) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "effective.json"
        tree = effective(load_config(_SPEC, Collector()), Collector()).tree
        document.write_text(json.dumps(tree), encoding="utf-8")
        yield compare(
            Row("contract", "schemathesis alone, to a case", 1.5),
            _ours(Path(folder) / "report", scale.contract_profile),
            _schemathesis(document, scale.contract_profile),
            rounds=scale.contract_rounds,
        )


def _ours(report: Path, profile: str) -> Work:
    def timed() -> Iterator[float]:
        started = time.monotonic()
        options = ("--profile", profile, "--report", str(report))
        _run(installed("specloom", "contract", str(_SPEC), *options), ROOT)
        seconds = time.monotonic() - started
        yield seconds * 1000 / json.loads((report / "report.json").read_text())["cases"]

    return timed


def _schemathesis(document: Path, profile: str) -> Work:
    def timed() -> Iterator[float]:
        with running_completion_server("--ephemeral", "--api-key", _KEY) as server:
            started = time.monotonic()
            said = _run(
                installed(
                    *("schemathesis", "run", str(document), "--url", server.base_url),
                    *("--header", f"Authorization: Bearer {_KEY}", "--seed", "1"),
                    *("--max-examples", str(PROFILES[profile].max_examples)),
                    "--continue-on-failure",
                ),
                document.parent,
            )
            seconds = time.monotonic() - started
        made = re.search(r"([\d,]+) generated", said)
        assert made, said[-2000:]
        yield seconds * 1000 / int(made[1].replace(",", ""))

    return timed


def _run(command: list[str], folder: Path) -> str:
    """Run a command in a folder, whatever it finds, and give what it printed."""
    done = subprocess.run(  # noqa: S603 (commands of ours)
        command, cwd=folder, check=False, capture_output=True, text=True
    )
    return done.stdout
