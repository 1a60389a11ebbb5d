"""Small documents, one for each feature: generated, type-checked, each operation there and back."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.corpus.client.package import Package
from tests.corpus.client.sockets import OverSockets
from tests.corpus.client.transport import ToServer
from tests.corpus.generating import generated_from
from tests.corpus.measures.importing import found
from tests.corpus.measures.process import ROOT, installed
from tests.corpus.measures.project import CLASS
from tests.corpus.roundtrip import RoundTrips
from tests.corpus.server.document import Document

DOCUMENTS = sorted(
    path for path in (Path(__file__).parent / "documents").iterdir() if path.is_file()
)
EXAMPLES = 6
OVER_SOCKETS = {"answers", "bodies", "multipart", "streams"}


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_feature_goes_there_and_back(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    project = generated_from(document, tmp_path)
    monkeypatch.syspath_prepend(project.output)
    tree = Document(project.folder / "spec" / document.name)

    imported = found(project.package, CLASS, builds=True)

    assert imported["problems"] == []
    assert imported["imported"] == imported["modules"]
    expected = [(each.operation.method, each.operation.template) for each in tree.operations]
    assert imported["live"] == sorted(expected)
    package = Package(project.output, project.package, CLASS)
    connect = OverSockets if document.stem in OVER_SOCKETS else ToServer
    outcomes = list(RoundTrips(tree, package, EXAMPLES, connect))
    assert [each for each in outcomes if each.reason] == []
    assert len(outcomes) == len(expected) > 0


@pytest.mark.slow
def test_every_feature_type_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    projects = [generated_from(document, tmp_path) for document in DOCUMENTS]
    paths = [str(project.output / project.package) for project in projects]

    done = subprocess.run(  # noqa: S603 (a command of ours)
        installed("mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache/corpus"), *paths),
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
