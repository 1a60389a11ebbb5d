"""What the README shows works as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from completion_server import serve
from specloom.config import load_config
from specloom.contract.settings import read_settings
from specloom.diagnostics import Collector
from specloom.lint.words import EVENT_STREAM

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_first_completion_comes_whole_and_streamed() -> None:
    [code] = blocks("python")
    with serve(api_key="app-completion-server-key") as server:
        assert 'base_url="http://127.0.0.1:8765/v1"' in code
        code = code.replace("http://127.0.0.1:8765/v1", server.base_url)
        done = subprocess.run(  # noqa: S603 - our own README
            [sys.executable, "-c", code],
            env={"PYTHONPATH": str(ROOT / "generated/completion")},
            capture_output=True,
            text=True,
            check=True,
        )
    whole, streamed = done.stdout.splitlines()
    assert whole.startswith(streamed)
    assert streamed


def test_the_settings_shown_are_settings(tmp_path: Path) -> None:
    own, contract = blocks("toml")
    (tmp_path / "specloom.toml").write_text(own + contract, encoding="utf-8")
    config = load_config(tmp_path, Collector())
    assert config.client.class_name == "DifyCompletion"
    checks = {"negative_data_rejection"}
    settings = read_settings(config, {"createCompletionMessage"}, checks, Collector())
    assert len(settings.expectations) == len(settings.stops) == 1


def test_the_order_of_events_shown_is_well_formed() -> None:
    shown, _ = blocks("yaml")
    word = yaml.safe_load(shown)[EVENT_STREAM.name]
    assert set(word) == set(EVENT_STREAM.schema["properties"])


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
