"""Every rule finds what is bad in its fragment, at its place, and nothing in the good one.

A bad fragment's first lines say where: `# at <pointer>`, one for each finding.
"""

import re
from pathlib import Path

import pytest

from specloom import lint
from specloom.diagnostics import Collector
from specloom.document.load import Document, load
from specloom.document.validate import validate

FOLDERS = sorted(folder for folder in Path(__file__).parent.glob("OAS*") if folder.is_dir())
# A suppression stands in specloom.toml, not in a document; test_suppressions.py has it.
WITHOUT_FRAGMENT = {"OAS990"}


def read(path: Path) -> Document:
    return load(path, Collector(), path.name)


def found(document: Document) -> list[tuple[str, str]]:
    return sorted((rule.code, finding.pointer) for rule, finding in lint.find(document))


def test_every_rule_has_fragments() -> None:
    codes = {rule.code for rule in lint.RULES}
    assert codes - WITHOUT_FRAGMENT == {folder.name for folder in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_bad_fragment_breaks_exactly_its_rule(folder: Path) -> None:
    path = folder / "bad.yaml"
    expected = re.findall(r"^# at (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert expected, "the fragment must say where its findings are"
    assert sorted((folder.name, pointer) for pointer in expected) == found(read(path))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_good_fragment_is_clean_and_valid(folder: Path) -> None:
    document = read(folder / "good.yaml")
    validate(document, Collector())
    assert found(document) == []
