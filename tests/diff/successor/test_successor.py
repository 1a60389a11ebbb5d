"""The real change: the flagship's document, what became of it, and the client of each."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from specloom import diff, pipeline
from specloom.config import load_config, load_project
from specloom.diagnostics import Collector, HaltedError, Severity

if TYPE_CHECKING:
    from specloom.config import Config
    from specloom.diagnostics import Diagnostic

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TODAY = ROOT / "spec/completion"
RECORDED = (
    "tests/behaviour/client/test_recordings.py",
    "tests/behaviour/client/test_against_server.py",
)


def place(folder: Path, document: Path, overlay: Path | None = None) -> Config:
    """A project of its own with a document and, if given, corrections to it."""
    folder.mkdir()
    shutil.copy(document, folder / "openapi.json")
    if not overlay:
        return load_project(folder / "openapi.json", Collector())
    shutil.copy(overlay, folder / "overlay.yaml")
    settings = (HERE / "specloom.toml").read_text(encoding="utf-8")
    settings = re.sub("(?m)^output = .*$", 'output = "client"', settings)
    (folder / "specloom.toml").write_text(settings, encoding="utf-8")
    return load_config(folder, Collector())


def test_the_document_is_kept_byte_for_byte() -> None:
    digest = hashlib.sha256((HERE / "openapi.json").read_bytes()).hexdigest()
    assert digest in (HERE / "SOURCE.md").read_text(encoding="utf-8")


def test_every_change_that_a_reader_found_is_told_and_no_other(tmp_path: Path) -> None:
    old = pipeline.mended(place(tmp_path / "old", TODAY / "openapi.json"), Collector())
    new = pipeline.mended(place(tmp_path / "new", HERE / "openapi.json"), Collector())
    read = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))
    expected = Counter(
        (
            change["kind"],
            change["at"].replace("#/", "/components/schemas/"),
            change["clients"],
            change["servers"],
        )
        for change in read
    )
    found = Counter(
        (change.rule.code, change.new or change.old, change.clients.value, change.servers.value)
        for change in diff.changes(old, new)
    )
    assert found - expected == Counter()
    assert expected - found == Counter()


@pytest.fixture(scope="module")
def stale(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    """What generating from the successor with the corrections of today says."""
    folder = tmp_path_factory.mktemp("stale") / "spec"
    config = place(folder, HERE / "openapi.json", TODAY / "overlay.yaml")
    collector = Collector()
    with pytest.raises(HaltedError):
        pipeline.generate(config, collector, check=False, templates=None, progress=lambda _: None)
    return collector.diagnostics


def targets(found: list[Diagnostic], code: str, severity: Severity) -> set[str]:
    """What the actions are about that have a finding."""
    actions = yaml.safe_load((TODAY / "overlay.yaml").read_text(encoding="utf-8"))["actions"]
    return {
        actions[int(finding.location.pointer.split("/")[2])]["target"]
        for finding in found
        if (finding.rule.code, finding.severity) == (code, severity)
    }


def test_every_correction_that_matches_nothing_any_more_is_told(stale: list[Diagnostic]) -> None:
    parameters = "$.components.schemas.AppParametersResponse"
    upload = "$.paths['/files/upload'].post.responses"
    example = "get.responses['200'].content['application/json'].examples.success.value"
    features = "'suggested_questions_after_answer','speech_to_text','retriever_resource'"
    assert targets(stale, "OVL003", Severity.ERROR) == {
        "$.components.schemas.ErrorResponse",
        "$.paths['/completion-messages'].post.responses['404']",
        f"{upload}['201']",  # whose `copy` is from the 200 that is no more
        f"{upload}['200','503']",
        "$.components.schemas.TextToAudioRequest.required",
        f"$.paths['/info'].{example}",
        f"$.paths['/parameters'].{example}",
        parameters,
        f"{parameters}.properties.opening_statement.type",
        f"{parameters}.properties[{features},'annotation_reply']",
        f"{parameters}.properties.file_upload",
        f"{parameters}.properties.system_parameters",
    }


def test_every_correction_that_the_document_made_itself_is_told(stale: list[Diagnostic]) -> None:
    parameter = "$.paths['/app/feedbacks'].get.parameters[?@.name == '{}'].schema"
    assert targets(stale, "OVL005", Severity.WARNING) == {
        "$.paths['/files/upload'].post.responses",
        parameter.format("page"),
        parameter.format("limit"),
    }
    assert targets(stale, "OVL005", Severity.HINT) >= {
        "$.components.schemas.CompletionRequest",
        "$.components.schemas.InputFileObject",
        "$.components.schemas.CompletionResponse",
        "$.components.schemas.FileUploadResponse",
        "$.components.schemas.AppInfoResponse",
    }


def test_the_corrections_moved_on_are_all_needed(tmp_path: Path) -> None:
    config = place(tmp_path / "spec", HERE / "openapi.json", HERE / "overlay.yaml")
    collector = Collector()
    pipeline.linted(config, collector)
    assert [found for found in collector.diagnostics if found.rule.code.startswith("OVL")] == []
    assert collector.errors == []


def test_programs_of_before_are_told_what_is_left_to_change() -> None:
    """Names that tags and components gave are kept by corrections; what answers hold is not."""
    old, new = (load_config(folder, Collector()) for folder in (TODAY, HERE))
    difference = pipeline.difference(old, new, Collector())
    assert difference.client
    assert {change.where for change in difference.client if change.breaking} == {
        "models.FeedbackItem.rating",
        "models.FileUploadResponse.extension",
        "models.FileUploadResponse.mime_type",
        "models.FileUploadResponse.created_by",
        "models.StreamEventMessageEnd.files",
        "models.WebAppSettingsResponse.icon_type",
    }
    assert {
        change.where for change in difference.client if change.rule.name == "client-method-added"
    } == {
        "client.files.preview_completion_file",
        "client.end_users.get_end_user_completion",
        "client.tts.completion_audio_to_text",
        "client.application.get_completion_app_meta",
    }
    assert difference.next_version == "0.2.0"


@pytest.mark.slow
def test_the_new_client_passes_the_tests_of_the_operations_that_remain(tmp_path: Path) -> None:
    config = place(tmp_path / "spec", HERE / "openapi.json", HERE / "overlay.yaml")
    pipeline.generate(config, Collector(), check=False, templates=None, progress=lambda _: None)
    paths = (".", "generator", "templates", config.output, "tests/completion_server")
    done = subprocess.run(  # noqa: S603 (our own tests)
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *RECORDED),
            *("-k", "1.14.2 or against_server"),
            *("-o", f"pythonpath={' '.join(map(str, paths))}"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) > 400
