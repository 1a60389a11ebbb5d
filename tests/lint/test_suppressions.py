"""A finding is accepted by rule and exact place; an entry that is of no use is an error."""

from pathlib import Path

from specloom import lint
from specloom.config import load_config
from specloom.diagnostics import Collector
from specloom.document.load import load

BAD = Path(__file__).parent / "OAS404" / "bad.yaml"
RESPONSES = "/paths/~1things/get/responses"
CLIENT = """\
[client]
distribution = "things"
package = "things"
class_name = "Things"
output = "out"
"""


def linted(folder: Path, *entries: tuple[str, str]) -> list[tuple[str, int]]:
    """The codes found, and their lines, with these entries in specloom.toml."""
    tables = "".join(
        f'\n[[lint.suppress]]\ncode = "{code}"\npointer = "{pointer}"\nreason = "known"\n'
        for code, pointer in entries
    )
    (folder / "specloom.toml").write_text(CLIENT + tables, encoding="utf-8")
    collector = Collector()
    bad = load(BAD, collector)
    lint.run(bad, bad, load_config(folder, collector), collector)
    return [(found.rule.code, found.location.line) for found in collector.diagnostics]


def test_finding_is_reported_where_nothing_accepts_it(tmp_path: Path) -> None:
    assert linted(tmp_path) == [("OAS404", 9)]


def test_finding_is_accepted(tmp_path: Path) -> None:
    assert linted(tmp_path, ("OAS404", RESPONSES)) == []


def test_entry_covers_only_its_own_rule_and_place(tmp_path: Path) -> None:
    found = linted(tmp_path, ("OAS404", "/paths"), ("OAS301", RESPONSES))
    assert found == [("OAS404", 9), ("OAS990", 7), ("OAS990", 12)]


def test_unused_entry_is_found_beside_a_used_one(tmp_path: Path) -> None:
    found = linted(tmp_path, ("OAS404", RESPONSES), ("OAS404", "/paths"))
    assert found == [("OAS990", 12)]
