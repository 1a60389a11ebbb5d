"""A finding is accepted by rule and place; an entry that is of no use is an error."""

import time
from contextlib import suppress
from pathlib import Path

import pytest

from specloom import lint
from specloom.config import UNNAMED, Config, LintSettings, Suppression, load_config
from specloom.diagnostics import Collector, HaltedError
from specloom.document.load import load
from specloom.lint.pointer_pattern import pattern
from specloom.lint.suppressions import Suppressions

BAD = Path(__file__).parent / "OAS404" / "bad.yaml"
RESPONSES = "/paths/~1things/get/responses"
SETTINGS = """\
[client]
distribution = "things"
package = "things"
class_name = "Things"
output = "out"

[lint]
select = ["OAS301", "OAS404"]
"""


def linted(
    folder: Path, *entries: tuple[str, str], settings: str = SETTINGS
) -> list[tuple[str, int]]:
    """The codes found, and their lines, with these entries in specloom.toml."""
    tables = "".join(
        f'\n[[lint.suppress]]\ncode = "{code}"\npointer = "{pointer}"\nreason = "known"\n'
        for code, pointer in entries
    )
    (folder / "specloom.toml").write_text(settings + tables, encoding="utf-8")
    collector = Collector()
    bad = load(BAD, collector)
    with suppress(HaltedError):
        lint.run(bad, bad, load_config(folder, collector), collector)
    return [(found.rule.code, found.location.line) for found in collector.diagnostics]


def test_finding_is_reported_where_nothing_accepts_it(tmp_path: Path) -> None:
    assert linted(tmp_path) == [("OAS404", 9)]


@pytest.mark.parametrize("code", ["OAS404", "no-error-response"])
@pytest.mark.parametrize("pointer", [RESPONSES, "/paths/*/get/responses", "/paths/**", "/**"])
def test_finding_is_accepted(code: str, pointer: str, tmp_path: Path) -> None:
    assert linted(tmp_path, (code, pointer)) == []


def test_entry_covers_only_its_own_rule_and_place(tmp_path: Path) -> None:
    found = linted(tmp_path, ("OAS404", "/paths/*"), ("OAS301", RESPONSES))
    assert found == [("OAS404", 9), ("OAS990", 10), ("OAS990", 15)]


def test_unused_entry_is_found_beside_a_used_one(tmp_path: Path) -> None:
    found = linted(tmp_path, ("OAS404", RESPONSES), ("OAS404", "/paths"))
    assert found == [("OAS990", 15)]


def test_nothing_is_said_of_an_entry_whose_rule_is_not_looked_for(tmp_path: Path) -> None:
    assert linted(tmp_path, ("OAS303", "/paths")) == [("OAS404", 9)]


TAGS = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /a: {get: {tags: [gone]}}
  /b: {get: {tags: [gone]}}
  /c: {get: {tags: [gone]}}
"""


@pytest.mark.parametrize(
    ("pointer", "left"),
    [
        ("/paths/~1a/get/tags/0", [("OAS304", 5, True)]),
        ("/paths/~1b/get/tags/0", [("OAS304", 4, True)]),
        ("/paths/*/get/tags/0", []),
    ],
)
def test_entry_accepts_one_of_the_places_where_the_same_is_wrong(
    pointer: str, left: list[tuple[str, int, bool]], tmp_path: Path
) -> None:
    (tmp_path / "openapi.yaml").write_text(TAGS, encoding="utf-8")
    found = Collector()
    tags = load(tmp_path / "openapi.yaml", found)
    lint_settings = LintSettings(("OAS304",), (), (Suppression("OAS304", pointer, "known"),))
    lint.run(tags, tags, Config(tmp_path, UNNAMED, lint=lint_settings), found)
    told = [
        (one.rule.code, one.location.line, "in 1 more place)" in one.message)
        for one in found.diagnostics
    ]
    assert told == left


def test_code_of_what_is_always_told_is_told_apart(tmp_path: Path) -> None:
    settings = SETTINGS.replace('"OAS301", ', '"DOC020", ')
    (tmp_path / "specloom.toml").write_text(settings, encoding="utf-8")
    found = Collector()
    lint.looked_for(load_config(tmp_path, found), found)
    assert "always told" in found.diagnostics[0].message


@pytest.mark.parametrize("code", ["OAS000", "OAS4", "recommended", "CFG002"])
def test_code_of_no_rule_is_an_error_at_its_line(code: str, tmp_path: Path) -> None:
    assert linted(tmp_path, ("OAS404", RESPONSES), (code, "/a")) == [("CFG002", 16)]


@pytest.mark.parametrize("pointer", ["**", "paths", "#/paths"])
def test_place_that_is_no_pointer_is_an_error_at_its_line(pointer: str, tmp_path: Path) -> None:
    assert linted(tmp_path, ("OAS404", pointer)) == [("CFG002", 12), ("OAS404", 9)]


def test_words_that_name_no_rule_are_errors_and_the_others_hold(tmp_path: Path) -> None:
    settings = SETTINGS.replace(
        '["OAS301", "OAS404"]', '[\n  "OAS00",\n  "OAS404",\n  "no"]\nignore = ["OAS98"]'
    )
    found = linted(tmp_path, settings=settings)
    assert found == [("CFG002", 9), ("CFG002", 11), ("CFG002", 12), ("OAS404", 9)]


@pytest.mark.parametrize(
    ("text", "matched", "others"),
    [
        ("/a/*/c", ["/a/b/c", "/a//c"], ["/a/c", "/a/b/b/c", "/a/b/c/d", "/x/a/b/c"]),
        ("/a/**/c", ["/a/c", "/a/b/c", "/a/c/c"], ["/ac", "/a/bc", "/a/c/d"]),
        ("/**/b/**/b", ["/b/b", "/a/b/a/b"], ["/b", "/b/a"]),
        ("/**", ["", "/a", "/a/b"], []),
        ("/a.c/*", ["/a.c/x"], ["/abc/x"]),
        ("/a/*~1*", ["/a/*~1*"], ["/a/b~1c"]),
        ("", [""], ["/"]),
    ],
)
def test_pattern_stands_for_pointers(text: str, matched: list[str], others: list[str]) -> None:
    met = [pointer for pointer in matched + others if pattern(text).fullmatch(pointer)]
    assert met == matched


def test_no_pattern_takes_long() -> None:
    begun = time.process_time()
    assert not pattern("/**/a" * 4 + "/**/b").fullmatch("/a" * 120)
    assert time.process_time() - begun < 1


def test_many_entries_and_findings_take_no_time() -> None:
    entries = [Suppression("OAS404", f"/paths/**/{number}/**", "known") for number in range(200)]
    accepted = Suppressions([(index, entry, "OAS404") for index, entry in enumerate(entries)])
    begun = time.process_time()
    assert not any(accepted.cover("OAS404", f"/paths/{'a/' * 20}{n}x") for n in range(5000))
    assert time.process_time() - begun < 1
