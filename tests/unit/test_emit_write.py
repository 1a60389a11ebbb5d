"""Output is written whole or not at all, and nothing that specloom did not write is touched."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from typer.testing import CliRunner

from specloom.cli import app
from specloom.diagnostics import Collector, HaltedError, Severity
from specloom.emit.write import MANIFEST, Changes, changes, with_manifest, write

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
OLD = with_manifest({"a.py": "old a", "pkg/b.py": "old b", "pkg/deep/c.py": "old c"})
NEW = with_manifest({"a.py": "new a", "pkg/b.py": "old b", "other/d.py": "new d"})


def content(folder: Path) -> dict[str, str | None]:
    """The texts of a folder's files by path, and None for each folder that holds nothing."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") if path.is_file() else None
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
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


def test_a_stale_file_makes_room_for_a_folder_of_its_name(folder: Path) -> None:
    new = with_manifest({"a.py/inner.py": "new"})
    write(folder, new, Collector())
    assert content(folder) == new


def test_a_foreign_file_in_place_of_a_folder_leaves_the_old_output(folder: Path) -> None:
    (folder / "other").write_text("mine")
    with pytest.raises(HaltedError):
        write(folder, NEW, Collector())
    assert content(folder) == {**OLD, "other": "mine"}


def test_writing_the_same_again_touches_nothing(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert not write(folder, OLD, Collector())
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_files_of_other_people_stay(folder: Path) -> None:
    (folder / "pkg/deep/notes.txt").write_text("mine")
    write(folder, NEW, Collector())
    assert content(folder) == {**NEW, "pkg/deep/notes.txt": "mine"}


def test_an_edited_file_that_is_still_generated_is_generated_anew(folder: Path) -> None:
    (folder / "a.py").write_text("edited")
    collector = Collector()
    write(folder, OLD, collector)
    assert (collector.diagnostics, content(folder)) == ([], OLD)


@pytest.mark.parametrize("bring", [changes, write])
def test_an_edited_file_that_is_no_longer_generated_is_reported_and_kept(
    folder: Path, bring: Callable[[Path, dict[str, str], Collector], Changes]
) -> None:
    (folder / "pkg/deep/c.py").write_text("mine by now")
    collector = Collector()
    assert bring(folder, NEW, collector).deleted == ()
    [found] = collector.diagnostics
    assert (found.rule.code, found.severity) == ("OUT003", Severity.WARNING)
    assert found.location.file == str(folder / "pkg/deep/c.py")
    assert content(folder)["pkg/deep/c.py"] == "mine by now"


def test_a_manifest_of_another_program_owns_nothing(tmp_path: Path) -> None:
    (tmp_path / "theirs.txt").write_text("precious")
    hashes = {"theirs.txt": hashlib.sha256(b"precious").hexdigest()}
    (tmp_path / MANIFEST).write_text(json.dumps({"files": hashes}))
    before = content(tmp_path)
    collector = Collector()
    with pytest.raises(HaltedError):
        write(tmp_path, NEW, collector)
    assert codes(collector) == ["OUT002"]
    assert content(tmp_path) == before


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


class Killed(BaseException):
    """Ends the process at once, with nothing cleaned up."""

    def __init__(self, *_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


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


@pytest.mark.parametrize("calls", range(4))
def test_an_interrupt_leaves_the_old_output(
    folder: Path, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing_after(calls, Path.replace, KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            write(folder, NEW, Collector())
    assert content(folder) == OLD


@pytest.mark.parametrize("method", ["replace", "unlink"])
@pytest.mark.parametrize("calls", range(4))
def test_a_run_that_was_killed_can_be_repeated(folder: Path, method: str, calls: int) -> None:
    killed = os.fork()
    if not killed:
        # Only the process that is killed sees the patch.
        setattr(Path, method, failing_after(calls, getattr(Path, method), Killed))
        write(folder, NEW, Collector())
        os._exit(0)
    os.waitpid(killed, 0)
    collector = Collector()
    write(folder, NEW, collector)
    assert (collector.diagnostics, content(folder)) == ([], NEW)


@pytest.mark.parametrize("manifest", [OLD, NEW])
def test_leftovers_of_a_run_that_was_killed_go(folder: Path, manifest: dict[str, str]) -> None:
    (folder / ".specloom-dead/old").mkdir(parents=True)
    (folder / ".specloom-dead/old/a.py").write_text("old a")
    write(folder, manifest, Collector())
    assert content(folder) == manifest


def test_two_runs_at_once_end_as_one_after_the_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda texts: write(tmp_path / "out", texts, Collector()), [OLD, NEW] * 10))
    assert content(tmp_path / "out") in (OLD, NEW)


def test_a_failed_run_leaves_no_folder_that_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_bytes", failing_after(1, Path.write_bytes, OSError))
    with pytest.raises(HaltedError):
        write(tmp_path / "a/b", OLD, Collector())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("method", ["exists", "mkdir", "read_bytes", "replace", "write_bytes"])
def test_a_failure_names_the_output_folder(
    tmp_path: Path, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: Any, **__: Any) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    collector = Collector()
    with monkeypatch.context() as patch:
        patch.setattr(Path, method, refuse)
        with pytest.raises(HaltedError):
            write(tmp_path / "out", OLD, collector)
    [found] = collector.errors
    assert (found.rule.code, found.location.file) == ("OUT001", str(tmp_path / "out"))
    assert found.message == "can't be written: Permission denied"


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
    hashes = {path.format(outside=outside): hashlib.sha256(b"precious").hexdigest()}
    manifest = {"generator": "specloom", "files": {"a.py": "0"} | hashes}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    assert not write(folder, with_manifest({"new.py": ""}), Collector()).deleted
    assert all(victim.exists() for victim in victims)


@pytest.mark.parametrize(
    "manifest",
    [
        "", "[]", "{}", "\x00", "[" * 9999,
        *('{"generator": "specloom", "files": %s}' % files  # noqa: UP031 - full of braces
          for files in ("1", "[1]", "null", r'{"nul\u0000/a": "0", "a\u0000": "0"}')),
    ],
)  # fmt: skip
def test_a_broken_manifest_owns_nothing(folder: Path, manifest: str) -> None:
    (folder / MANIFEST).write_text(manifest)
    assert not changes(folder, NEW, Collector()).deleted


def test_changes_writes_nothing(tmp_path: Path) -> None:
    assert changes(tmp_path / "out", OLD, Collector()).written == tuple(sorted(OLD))
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


def test_a_full_disk_for_temporary_files_ends_with_status_2(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: dict[str, str]) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("specloom.emit.distribution.format_python", refuse)
    done = CliRunner().invoke(app, ["generate", str(project)])
    assert done.exit_code == 2
    assert "OUT001" in done.output
    assert "No space left on device" in done.output


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
