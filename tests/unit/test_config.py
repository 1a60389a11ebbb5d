"""specloom.toml is refused where what it says could not be generated."""

import re
from pathlib import Path

import pytest

from specloom.config import UNNAMED, load_config, load_project
from specloom.diagnostics import Collector, HaltedError

TEMPLATES = Path(__file__).parents[2] / "templates/client"
IMPORT = re.compile(r"^from \S+(?: \S+ \}\}\S*)? import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)


def imported() -> set[str]:
    """The names that the modules of a generated client import, whatever the document."""
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.jinja")]
    found = [name for text in texts for names in IMPORT.findall(text) for name in names]
    names = {part.split(" as ")[-1].strip() for text in found for part in text.split(",")}
    return {name for name in names if name.isidentifier()}


def is_refused(class_name: str, folder: Path) -> bool:
    (folder / "specloom.toml").write_text(
        f'[client]\ndistribution = "a"\npackage = "a"\nclass_name = "{class_name}"\noutput = "o"\n'
    )
    collector = Collector()
    try:
        load_config(folder, collector)
    except HaltedError:
        assert [found.rule.code for found in collector.diagnostics] == ["CFG002"]
        return True
    return False


def test_the_client_is_called_as_nothing_that_its_modules_import(tmp_path: Path) -> None:
    names = imported()
    assert names >= {"UNSET", "AsyncClient", "Sequence", "models", "cached_property"}
    assert [name for name in sorted(names) if not is_refused(name, tmp_path)] == []


@pytest.mark.parametrize(
    "name", ["Client", "AsyncClient", "AsyncStream", "APIError", "class", "a b"]
)
def test_class_name_that_is_refused(name: str, tmp_path: Path) -> None:
    assert is_refused(name, tmp_path)


@pytest.mark.parametrize("name", ["Things", "AsyncThings", "ClientOfThings", "Async"])
def test_class_name_that_is_taken(name: str, tmp_path: Path) -> None:
    assert not is_refused(name, tmp_path)


def test_only_a_client_needs_to_be_spoken_of(tmp_path: Path) -> None:
    (tmp_path / "specloom.toml").write_text('[document]\nupstream = "a.yaml"\n')
    assert load_project(tmp_path, Collector()).client == UNNAMED
    assert load_project(tmp_path / "a.yaml", Collector()).document.upstream == "a.yaml"
    with pytest.raises(HaltedError):
        load_config(tmp_path, Collector())
