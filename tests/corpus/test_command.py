"""The command: what it tries, what it leaves out, what it says of a document that can't be done."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import __main__ as command
from tests.corpus.measures.process import Ran
from tests.corpus.measures.project import Project, project_of
from tests.corpus.measures.row import Row, measured
from tests.corpus.slices import sliced

DOCUMENTS = Path(__file__).parent / "documents"


def test_without_documents_it_says_what_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["corpus", str(tmp_path / "nowhere")])

    assert command.main() == 2
    assert "make corpus CORPUS=DIR" in capsys.readouterr().err


WHOLE = Row(
    "a", operations=1, generated=1, modules=2, imported=2, mypy_errors=0, ruff_findings=0,
    roundtrip_passed=1, roundtrip_total=1,
)  # fmt: skip
INCOMPLETE: dict[str, dict[str, Any]] = {
    "an operation is missing": {"generated": 0},
    "a module doesn't import": {"imported": 1},
    "nothing was made": {"modules": 0, "imported": 0},
    "mypy finds something": {"mypy_errors": 1},
    "mypy couldn't run": {"mypy_errors": None},
    "ruff finds something": {"ruff_findings": 1},
    "an operation doesn't come back": {"roundtrip_passed": 0},
}


@pytest.mark.parametrize("case", [None, *INCOMPLETE])
def test_the_status_is_1_if_a_document_is_not_complete(
    case: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text('{"openapi": "3.1.0"}')
    row = replace(WHOLE, **INCOMPLETE[case] if case else {})
    monkeypatch.setattr(sys, "argv", ["corpus", str(tmp_path)])
    monkeypatch.setattr(command, "TARGET", tmp_path / "build" / "corpus.json")
    monkeypatch.setattr(command, "measured", lambda *_: row)
    monkeypatch.setattr(command, "costs", lambda *_: (None, None))

    assert command.main() == int(case is not None)
    assert json.loads(command.TARGET.read_text())[0]["name"] == "a"


CLIENT = """\
class Corpus:
    def __init__(self, **options: object) -> None: ...


number: int = 'text'
"""


@pytest.mark.slow
def test_what_is_wrong_with_a_client_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_of(DOCUMENTS / "relative_server.yaml", tmp_path)
    package = project.output / project.package
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from ._client import Corpus as Corpus\n")
    (package / "_client.py").write_text(CLIENT)
    (package / "broken.py").write_text("import json\n\nraise RuntimeError\n")
    monkeypatch.setattr(Project, "generate", lambda _: Ran(0, "", "", 0, 0))

    row = measured(project, None)

    assert (row.operations, row.generated) == (1, 0)
    assert (row.modules, row.imported) == (3, 2)
    # A variable of another type; an import that nothing uses, and quotes of another kind.
    assert (row.mypy_errors, row.ruff_findings) == (1, 2)
    assert {problem.split(":")[0] for problem in row.problems} >= {"mypy", "ruff", "not generated"}


def test_slices_are_told_one_by_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["corpus", str(DOCUMENTS), "--only", "bodies", "--slices"])
    monkeypatch.setattr(Project, "generate", lambda _: Ran(0, "", "", 1.5, 70))

    assert command.main() == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [f"bodies.yaml 1/{part}" for part in (4, 2, 1)]
    paths = [int(re.sub(r".*: (\d+) paths.*", r"\1", line)) for line in lines]
    assert paths == sorted(set(paths))
    assert all("1.5 s CPU" in line and "70 MB" in line for line in lines)


def test_a_slice_has_what_it_refers_to() -> None:
    reference = {"$ref": "#/components/schemas/A"}
    schemas = {"A": {"items": {"$ref": "#/components/schemas/B"}}, "B": {}, "C": {}}
    tree = {"paths": {"/a": reference, "/b": {}}, "components": {"schemas": schemas}}

    part = sliced(tree, 2)

    assert (list(part["paths"]), list(part["components"]["schemas"])) == (["/a"], ["A", "B"])


@pytest.mark.slow
def test_a_document_that_cant_be_generated_is_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = tmp_path / "documents"
    (documents / "folder").mkdir(parents=True)
    (documents / "broken.yaml").write_text("openapi: [3.1.0")
    (documents / "settings.yaml").write_text("a: 1")
    (documents / "notes.txt").write_text("notes")
    monkeypatch.setattr(sys, "argv", ["corpus", str(documents), "--roundtrip", "1"])
    monkeypatch.setattr(command, "TARGET", tmp_path / "corpus.json")
    monkeypatch.setattr(command, "costs", lambda *_: (None, None))

    assert command.main() == 1

    (broken,) = json.loads((tmp_path / "corpus.json").read_text())
    assert (broken["name"], broken["modules"]) == ("broken.yaml", 0)
    assert broken["problems"]
    said = capsys.readouterr().err
    assert "folder is skipped" in said
    assert "notes.txt is skipped" in said
    assert "settings.yaml is skipped" in said
