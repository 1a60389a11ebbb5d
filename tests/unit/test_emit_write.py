"""Output is written whole or not at all, and nothing that specloom did not write is touched."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from specloom.cli import app
from specloom.diagnostics import Collector, HaltedError
from specloom.emit.write import MANIFEST, Changes, changes, known_files, with_manifest, write

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
OLD = with_manifest({"a.py": "old a", "pkg/b.py": "old b", "pkg/deep/c.py": "old c"})
NEW = with_manifest({"a.py": "new a", "pkg/b.py": "old b", "other/d.py": "new d"})


def content(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def codes(collector: Collector) -> list[str]:
    return [found.rule.code for found in collector.errors]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the old output."""
    write(tmp_path / "out", OLD, Collector())
    return tmp_path / "out"


def test_everything_is_written_into_a_new_folder(tmp_path: Path) -> None:
    made = write(tmp_path / "a/b", OLD, Collector())
    assert Changes(tuple(sorted(OLD)), ()) == made
    assert content(tmp_path / "a/b") == OLD


def test_what_changed_is_rewritten_and_what_is_stale_goes_with_its_folder(folder: Path) -> None:
    made = write(folder, NEW, Collector())
    assert Changes(("a.py", "manifest.json", "other/d.py"), ("pkg/deep/c.py",)) == made
    assert content(folder) == NEW
    assert not (folder / "pkg/deep").exists()


def test_writing_the_same_again_touches_nothing(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert not write(folder, OLD, Collector())
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_files_of_other_people_stay(folder: Path) -> None:
    (folder / "pkg/deep/notes.txt").write_text("mine")
    write(folder, NEW, Collector())
    assert content(folder) == {**NEW, "pkg/deep/notes.txt": "mine"}


def test_a_file_of_other_people_in_the_way_is_refused(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other/d.py").write_text("mine")
    before = content(folder)
    collector = Collector()
    with pytest.raises(HaltedError):
        write(folder, NEW, collector)
    assert codes(collector) == ["OUT002"]
    assert before == content(folder)


def failing_after(calls: int, method: Callable[..., Any], kind: type[BaseException]) -> Any:
    """A method that works some times and then fails, as on a full disk."""
    left = calls

    def fail(self: Path, *arguments: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left == -1:
            raise kind(errno.ENOSPC, "No space left on device")
        return method(self, *arguments, **options)

    return fail


@pytest.mark.parametrize("method", ["replace", "mkdir", "write_bytes"])
@pytest.mark.parametrize("calls", range(8))
def test_a_failure_on_the_way_leaves_the_old_output(
    folder: Path, method: str, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = Collector()
    with monkeypatch.context() as patch:
        patch.setattr(Path, method, failing_after(calls, getattr(Path, method), OSError))
        try:
            write(folder, NEW, collector)
        except HaltedError:
            assert codes(collector) == ["OUT001"]
    assert content(folder) == (OLD if collector.errors else NEW)


def test_an_interrupt_leaves_the_old_output(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing_after(3, Path.replace, KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            write(folder, NEW, Collector())
    assert content(folder) == OLD


@pytest.mark.parametrize("path", ["../evil.py", "pkg/../../evil.py", "/evil.py", "link/evil.py"])
def test_nothing_outside_the_folder_is_written(folder: Path, path: str) -> None:
    (folder.parent / "outside").mkdir()
    (folder / "link").symlink_to(folder.parent / "outside")
    path = path.replace("/evil", f"{folder.parent}/evil") if path.startswith("/") else path
    collector = Collector()
    with pytest.raises(HaltedError):
        write(folder, OLD | {path: "evil"}, collector)
    assert codes(collector) == ["OUT001"]
    assert not list(folder.parent.rglob("evil.py"))


@pytest.mark.parametrize("path", ["../victim", "link/victim", "{outside}/victim"])
def test_nothing_outside_the_folder_is_deleted(folder: Path, path: str) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (folder / "link").symlink_to(outside)
    victims = [outside / "victim", folder.parent / "victim"]
    for victim in victims:
        victim.write_text("precious")
    manifest = {"files": {path.format(outside=outside): "0"}}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    write(folder, with_manifest({"new.py": ""}), Collector())
    assert all(victim.exists() for victim in victims)


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"files": 1}', '{"files": [1]}', '{"files": null}', "\x00"]
)
def test_a_broken_manifest_owns_nothing(folder: Path, manifest: str) -> None:
    (folder / MANIFEST).write_text(manifest)
    assert known_files(folder) <= {MANIFEST}


def test_changes_writes_nothing(tmp_path: Path) -> None:
    assert changes(tmp_path / "out", OLD).written == tuple(sorted(OLD))
    assert not (tmp_path / "out").exists()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of a small project, not generated yet."""
    source = ROOT / "tests/golden/answers"
    for name in ("openapi.yaml", "specloom.toml"):
        shutil.copy(source / name, tmp_path / name)
    return tmp_path


def test_a_folder_that_cannot_be_written_ends_with_status_2(project: Path) -> None:
    (project / "package").write_text("a file, no folder")
    done = CliRunner().invoke(app, ["generate", str(project)])
    assert done.exit_code == 2
    assert "OUT001" in done.output
    assert (project / "package").read_text() == "a file, no folder"


def test_a_file_in_the_way_ends_with_status_2(project: Path) -> None:
    (project / "package").mkdir()
    (project / "package/README.md").write_text("mine")
    done = CliRunner().invoke(app, ["generate", str(project)])
    assert done.exit_code == 2
    assert "OUT002" in done.output
    assert content(project / "package") == {"README.md": "mine"}


def test_check_finds_what_is_stale_and_writes_nothing(project: Path) -> None:
    run = CliRunner()
    stale = run.invoke(app, ["generate", str(project), "--check"])
    assert stale.exit_code == 3
    assert not (project / "package").exists()

    assert run.invoke(app, ["generate", str(project)]).exit_code == 0
    assert run.invoke(app, ["generate", str(project), "--check"]).exit_code == 0

    readme = project / "package/README.md"
    readme.write_text("edited")
    edited = run.invoke(app, ["generate", str(project), "--check"])
    assert edited.exit_code == 3
    assert "README.md" in edited.output
    assert readme.read_text() == "edited"
