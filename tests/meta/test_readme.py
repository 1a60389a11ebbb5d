"""What the README shows works as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from completion_server import ServerSettings, serve, serve_settings
from completion_server.settings import builtin_apps
from specloom.config import load_config
from specloom.contract.evidence.recordings import read_recordings
from specloom.contract.phases.scenarios import load_scenarios, run_scenarios
from specloom.contract.plan.settings import read_settings
from specloom.contract.scenario import Server
from specloom.diagnostics import Collector
from specloom.lint.own_words.words import EVENT_STREAM

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "generator/contract.md").read_text(encoding="utf-8")
PAGES = ("README.md", "generator/README.md", "generator/contract.md")


def blocks(language: str, page: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


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
    [shown] = [block for block in blocks("yaml") if block.startswith(EVENT_STREAM.name)]
    word = yaml.safe_load(shown)[EVENT_STREAM.name]
    assert set(word) == set(EVENT_STREAM.schema["properties"])


@pytest.mark.parametrize(
    ("faults", "found"), [((), []), (("file-size-off-by-one",), ["upload_size"])]
)
def test_the_scenario_shown_holds_servers_to_what_it_says(
    faults: tuple[str, ...], found: list[str], tmp_path: Path
) -> None:
    [code] = blocks("python", REFERENCE)
    (tmp_path / "upload.py").write_text(code, encoding="utf-8")
    config = load_config(ROOT / "spec/completion", Collector())
    scenarios = load_scenarios([str(tmp_path / "upload.py")], config, Collector())
    with serve_settings(ServerSettings(apps=builtin_apps("app-key", 0.0), faults=faults)) as url:
        [trial] = run_scenarios(scenarios, Server(url, "app-key"))
    assert [fault.check for fault in trial.faults] == found


def test_the_recording_shown_can_be_read(tmp_path: Path) -> None:
    [line] = blocks("json", REFERENCE)
    path = tmp_path / "recordings-1.4.1.jsonl"
    path.write_text(line.replace("\n", ""), encoding="utf-8")
    [exchange] = read_recordings(path, None, Collector())
    assert exchange.request.target == "/v1/completion-messages?x=1"
    assert exchange.version == "1.4.1"


def test_the_workflow_shown_gives_the_action_what_it_takes() -> None:
    [workflow] = blocks("yaml", REFERENCE)
    action = ".github/actions/contract-test"
    uses = [
        step
        for job in yaml.safe_load(workflow)["jobs"].values()
        for step in job["steps"]
        if action in step.get("uses", "")
    ]
    inputs = yaml.safe_load((ROOT / action / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert uses
    assert [name for step in uses for name in step["with"] if name not in inputs] == []


@pytest.mark.parametrize(
    ("page", "link"),
    [
        (page, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^):]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    ],
)
def test_every_link_leads_somewhere(page: str, link: str) -> None:
    name, _, heading = link.partition("#")
    there = (ROOT / page).parent / name if name else ROOT / page
    assert there.exists()
    assert not heading or heading in anchors(there.read_text(encoding="utf-8"))


def anchors(page: str) -> set[str]:
    """What headings are called in links: `what-it-looks-for`."""
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}
