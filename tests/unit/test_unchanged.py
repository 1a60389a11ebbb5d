"""An unchanged document is not generated anew, and nothing that is stale is taken for fresh."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from specloom.cli import app
from specloom.config import ClientSettings, Config, Selection
from specloom.diagnostics import Collector
from specloom.emit import inputs
from specloom.emit.inputs import digest
from specloom.emit.unchanged import Summary, recall, remember
from specloom.emit.write import MANIFEST, with_manifest, write

if TYPE_CHECKING:
    from collections.abc import Callable

SUMMARY = Summary(3, 4, 1, 2)
TREE = {"openapi": "3.2.0", "info": {"title": "T", "version": "1"}, "tags": ["a", "b"]}
CONFIG = Config(Path("spec"), ClientSettings("d", "p", "C", "out"))
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "paths": {
        "/a": {
            "get": {
                "operationId": "a",
                "responses": {"204": {"description": "none"}},
            }
        }
    },
}


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of caches."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder with what was generated from inputs called `same`."""
    folder = tmp_path / "out"
    texts = with_manifest({"a.py": "a", "pkg/b.py": "b", "pkg/py.typed": ""})
    write(folder, texts, Collector())
    remember(folder, "same", SUMMARY, texts)
    return folder


def test_what_is_unchanged_is_recalled_with_what_it_came_to(output: Path) -> None:
    assert recall(output, "same") == SUMMARY


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.py").write_text("edited"),
        lambda folder: (folder / "pkg/b.py").unlink(),
        lambda folder: (folder / "pkg/py.typed").unlink(),
        lambda folder: (folder / MANIFEST).unlink(),
        lambda folder: (folder / MANIFEST).write_text((folder / MANIFEST).read_text() + "\n"),
        lambda folder: write(folder, with_manifest({"a.py": "other"}), Collector()),
    ],
)
def test_a_changed_output_is_not_fresh(output: Path, change: Callable[[Path], Any]) -> None:
    change(output)
    assert recall(output, "same") is None


def test_other_inputs_or_another_folder_are_not_fresh(output: Path, tmp_path: Path) -> None:
    output.rename(tmp_path / "moved")
    assert recall(tmp_path / "moved", "same") is None
    assert recall(output, "same") is None
    assert recall(output, "others") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"inputs": "same"}'])
def test_a_broken_record_is_none(output: Path, caches: Path, text: str) -> None:
    [record] = caches.rglob("*.json")
    record.write_text(text)
    assert recall(output, "same") is None


def test_a_record_goes_with_its_folder(output: Path, caches: Path, tmp_path: Path) -> None:
    output.rename(tmp_path / "other")
    remember(tmp_path / "other", "same", SUMMARY, with_manifest({}))
    assert len(list(caches.rglob("*.json"))) == 1


def test_what_another_run_wrote_since_is_not_fresh(output: Path) -> None:
    texts = with_manifest({"a.py": "mine"})
    write(output, texts, Collector())
    write(output, with_manifest({"a.py": "theirs"}), Collector())
    remember(output, "mine", SUMMARY, texts)
    assert recall(output, "mine") is None


def test_a_record_that_can_not_be_written_leaves_the_last_one(
    output: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_the_disk(file: Path, *_: Any, **__: Any) -> None:
        file.write_bytes(b"{")
        raise OSError

    monkeypatch.setattr(Path, "write_text", fill_the_disk)
    remember(output, "others", SUMMARY, with_manifest({}))
    assert recall(output, "same") == SUMMARY
    assert len(list(caches.rglob("*"))) == len(["specloom", "record"])


def test_where_nothing_can_be_kept_nothing_fails(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(output / "a.py"))
    remember(output, "same", SUMMARY, with_manifest({}))
    assert recall(output, "same") is None


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "x.jinja").write_text("x")
    return folder


def test_the_same_inputs_in_any_order_of_keys_have_one_digest(templates: Path) -> None:
    turned = dict(reversed(TREE.items()))
    assert digest(CONFIG, [TREE, None], templates) == digest(CONFIG, [turned, None], templates)
    elsewhere = replace(CONFIG, folder=Path("elsewhere"))
    assert digest(CONFIG, [TREE, None], None) == digest(elsewhere, [TREE, None], None)


def test_each_input_changes_the_digest(
    tmp_path: Path, templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [digest(CONFIG, [TREE, None], None)]

    def note(config: Config = CONFIG, overlay: Any = None, **changed: Any) -> None:
        found.append(digest(config, [TREE | changed, overlay], templates))

    note()
    note(tags=["b", "a"])
    note(info={"title": "T", "version": 1})
    note(overlay={})
    note(replace(CONFIG, operations=Selection(tags=("a",))))
    note(replace(CONFIG, client=replace(CONFIG.client, version="2")))
    (templates / "x.jinja").write_text("y")
    note()
    (templates / "x.jinja").rename(templates / "z.jinja")
    note()
    shared = tmp_path / "shared"
    shared.mkdir()
    (templates / "linked").symlink_to(shared)
    (shared / "back").symlink_to(templates)
    (shared / "x.jinja").write_text("1")
    note()
    (shared / "x.jinja").write_text("2")
    note()
    for name in ("ruff", "pydantic-core", "jsonschema-rs", "openapi-schema-validator"):
        monkeypatch.setattr(inputs, "version", lambda asked, name=name: str(asked == name))
        note()
    for place in ("files", "templates_folder"):
        folder = tmp_path / place
        folder.mkdir()
        monkeypatch.setattr(inputs, place, lambda *_, folder=folder: folder)
        note()
        (folder / "code.py").write_text("1")
        note()
        (folder / "code.py").write_text("2")
        note()
    assert len(set(found)) == len(found)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    folder = tmp_path / "spec"
    folder.mkdir()
    (folder / "openapi.json").write_text(json.dumps(DOCUMENT))
    (folder / "specloom.toml").write_text(
        '[client]\ndistribution = "d"\npackage = "p"\nclass_name = "C"\noutput = "out"\n'
    )
    return folder


def generate(spec: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["generate", str(spec), *options])
    return done.exit_code, done.stdout


def test_the_second_time_says_the_same_and_loads_no_stage(spec: Path, caches: Path) -> None:
    assert generate(spec, "--check")[0] == 3
    status, said = generate(spec)
    summary = said.partition(";")[0]
    assert (status, summary) == (0, "1 of 1 operations, 0 widened")
    assert generate(spec) == (0, f"{summary}; 0 files written, 0 deleted\n")
    [record] = caches.rglob("*.json")
    record.write_text(record.read_text().replace('"warnings": 0', '"warnings": 2'))
    program = (
        "import sys; from specloom.cli import app; app(standalone_mode=False); "
        "heavy = ('jinja2', 'datamodel', 'jsonschema', 'openapi_', 'jsonpath'); "
        "print(*[name for name in sys.modules if name.startswith(heavy)])"
    )
    command = [sys.executable, "-c", program, "generate", str(spec), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    assert done.stdout.splitlines() == [f"{summary}; 0 files stale", ""]
    assert "nothing has changed since the run that told 2 findings" in done.stderr


def test_a_check_that_finds_no_change_is_remembered(spec: Path, caches: Path) -> None:
    generate(spec, "--check")
    assert not list(caches.rglob("*.json"))
    generate(spec)
    [record] = caches.rglob("*.json")
    record.unlink()
    assert generate(spec, "--check")[0] == 0
    assert record.is_file()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("openapi.json", '"T"', '"Another"'),
        ("specloom.toml", '"d"', '"another"'),
        ("specloom.toml", "[client]", '[document]\noverlay = "overlay.yaml"\n[client]'),
    ],
)
def test_a_changed_file_is_noticed(spec: Path, file: str, old: str, new: str) -> None:
    (spec / "overlay.yaml").write_text(
        'overlay: 1.1.0\nactions: [{target: "$.info", update: {description: Corrected.}}]\n'
    )
    generate(spec)
    text = (spec / file).read_text()
    (spec / file).write_text(text.replace(old, new, 1))
    assert generate(spec, "--check")[0] == 3
    assert "0 files written" not in generate(spec)[1]
    assert generate(spec, "--check")[0] == 0
