"""Every rule finds what is bad in its fragment, at its place, and nothing in the good one.

A bad fragment's first lines say where: `# at <pointer>`, one for each finding.
"""

import re
from pathlib import Path

import pytest

from specloom import lint
from specloom.config import ClientSettings, Config, DocumentSettings, LintSettings
from specloom.diagnostics import Collector, Severity
from specloom.document.load import Document, load
from specloom.document.validate import validate
from specloom.pipeline import linted

FOLDERS = sorted(folder for folder in Path(__file__).parent.glob("OAS*") if folder.is_dir())
# A suppression stands in specloom.toml, not in a document; test_suppressions.py has it.
WITHOUT_FRAGMENT = {"OAS990"}


def read(path: Path) -> Document:
    return load(path, Collector(), path.name)


def expected(path: Path) -> list[str]:
    return re.findall(r"^# at (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def found(document: Document, code: str) -> list[str]:
    """Where a rule finds something."""
    checks = tuple(check for check in lint.CHECKS if check.rule.code == code)
    return sorted(finding.pointer for _, finding in lint.find(document, checks))


def test_every_rule_has_fragments() -> None:
    codes = {rule.code for rule in lint.RULES}
    assert codes - WITHOUT_FRAGMENT == {folder.name for folder in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_bad_fragment_breaks_its_rule_where_it_says(folder: Path) -> None:
    path = folder / "bad.yaml"
    assert expected(path), "the fragment must say where its findings are"
    assert sorted(expected(path)) == found(read(path), folder.name)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_command_tells_what_a_bad_fragment_says(folder: Path) -> None:
    client = ClientSettings("client", "client", "Client", "client")
    chosen = LintSettings(select=(folder.name,))
    collector = Collector()
    linted(Config(folder, client, DocumentSettings("bad.yaml"), lint=chosen), collector)
    told = {
        each.location.pointer for each in collector.diagnostics if each.rule.code == folder.name
    }
    assert told == set(expected(folder / "bad.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_good_fragment_is_clean_and_valid(folder: Path) -> None:
    document = read(folder / "good.yaml")
    validate(document, Collector())
    assert found(document, folder.name) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_good_fragment_breaks_no_other_rule(folder: Path) -> None:
    checks = tuple(check for check in lint.CHECKS if check.rule.severity is Severity.ERROR)
    document = read(folder / "good.yaml")
    assert [finding for _, finding in lint.find(document, checks)] == []
