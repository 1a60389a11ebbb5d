"""What a generated README shows works as it stands there."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from completion_server import serve
from tests.behaviour.package_docs import documents
from tests.golden.update import FEATURES, HERE, assemble

if TYPE_CHECKING:
    from pathlib import Path

FLAGSHIP = documents.FLAGSHIP / "README.md"
PAGES = {"flagship": FLAGSHIP, **{name: HERE / name / "package/README.md" for name in FEATURES}}


def run(*arguments: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_examples_of_the_flagship_run_against_a_server(tmp_path: Path) -> None:
    (tmp_path / "upload.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "examples.py").write_text(documents.program(FLAGSHIP), encoding="utf-8")
    with serve() as server:
        printed = run(
            "examples.py",
            cwd=tmp_path,
            PYTHONPATH=str(documents.FLAGSHIP),
            DIFY_API_KEY=server.api_key,
            DIFY_BASE_URL=server.base_url,
        )
    assert (tmp_path / "download.bin").stat().st_size > 0
    for shown in ("answer=", "mime_type='text/plain'", "audio/", "message_end", "200 application"):
        assert shown in printed


@pytest.fixture(scope="module")
def assembled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds every golden package."""
    folder = tmp_path_factory.mktemp("packages")
    for feature in FEATURES:
        assemble(feature, folder)
    return folder


@pytest.mark.slow
def test_the_tests_shown_pass(assembled: Path, tmp_path: Path) -> None:
    (tmp_path / "upload.txt").write_text("hello", encoding="utf-8")
    for name, page in PAGES.items():
        # Strict, so that an answer shown has to fit its schema.
        text = documents.tests(page).replace("max_retries=0", "max_retries=0, strict=True")
        (tmp_path / f"test_{name}.py").write_text(text, encoding="utf-8")
    passed = run(
        *("-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"),
        *("--rootdir", str(tmp_path), str(tmp_path)),
        cwd=tmp_path,
        PYTHONPATH=f"{assembled}:{documents.FLAGSHIP}",
    )
    shown = sum(documents.tests(page).count("\ndef test_") for page in PAGES.values())
    assert f"{shown} passed" in passed


@pytest.mark.slow
def test_every_example_is_strictly_typed(assembled: Path, tmp_path: Path) -> None:
    for name, page in PAGES.items():
        (tmp_path / f"{name}_program.py").write_text(documents.program(page), encoding="utf-8")
        (tmp_path / f"{name}_tests.py").write_text(documents.tests(page), encoding="utf-8")
    run(
        # The packages' own types are held elsewhere.
        *("-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir=/dev/null", "."),
        cwd=tmp_path,
        MYPYPATH=f"{assembled}:{documents.FLAGSHIP}",
    )
