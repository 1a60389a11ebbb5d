"""`lint`, `rules` and `explain`: what they take, what they write, and their exit status."""

import json
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner, Result

from specloom import catalogue, cli, lint
from specloom.fragments import fragments_of

FRAGMENTS = Path(__file__).parents[1] / "lint"
BAD = FRAGMENTS / "OAS404" / "bad.yaml"
SETTINGS = """\
[client]
distribution = "things"
package = "things"
class_name = "Things"
output = "out"
[document]
upstream = "things.yaml"
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def codes(*arguments: str | Path) -> list[str]:
    found = json.loads(run("lint", *arguments, "--format", "json").stdout)
    return [finding["code"] for finding in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose only finding of OAS404 is at line 9."""
    (tmp_path / "things.yaml").write_bytes(BAD.read_bytes())
    (tmp_path / "specloom.toml").write_text(SETTINGS + '[lint]\nselect = ["OAS404"]\n')
    return tmp_path


def test_document_is_looked_at_by_itself() -> None:
    assert codes(BAD, "--select", "OAS404") == ["OAS404"]


def test_settings_beside_a_document_hold_for_it_alone(folder: Path) -> None:
    (folder / "other.yaml").write_bytes(BAD.read_bytes())
    assert codes(folder / "things.yaml") == codes(folder) == ["OAS404"]
    assert "OAS100" in codes(folder / "other.yaml")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], ["OAS404"]),
        (["--ignore", "OAS4"], []),
        (["--select", "OAS404, no-contact"], ["OAS100", "OAS404"]),
        (["--select", "OAS100", "--select", "OAS404"], ["OAS100", "OAS404"]),
        (["--select", "OAS301"], []),
    ],
)
def test_options_take_the_place_of_settings(
    options: list[str], found: list[str], folder: Path
) -> None:
    assert codes(folder, *options) == found


def test_settings_choose_for_the_upstream_document_too(folder: Path) -> None:
    assert codes(folder, "--upstream") == ["OAS404"]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_option_that_names_no_rule_is_a_wrong_call(option: str, folder: Path) -> None:
    result = run("lint", folder, option, "OAS404,no-error-respnse")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean no-error-response" in result.stderr


def test_what_is_not_there_can_not_be_read(tmp_path: Path) -> None:
    assert run("lint", tmp_path / "gone.yaml", "--fail-on", "never").exit_code == 2


@pytest.mark.parametrize(
    ("select", "fail_on", "status"),
    [
        ("OAS404", "error", 0),
        ("OAS404", "warning", 1),
        ("OAS404", "never", 0),
        ("OAS104", "error", 0),
        ("OAS104", "warning", 1),
        ("OAS100", "warning", 0),
        ("OAS100", "info", 1),
        ("OAS100", "hint", 1),
        ("OAS301", "hint", 0),
    ],
)
def test_the_least_finding_that_fails_is_chosen(select: str, fail_on: str, status: int) -> None:
    assert run("lint", BAD, "--select", select, "--fail-on", fail_on).exit_code == status


def test_what_is_not_looked_at_is_said(folder: Path) -> None:
    (folder / "things.yaml").write_text("{}")
    ran = run("lint", folder)
    assert "things.yaml was not looked at" in ran.stderr


def test_wrong_settings_fail_whatever_fails(folder: Path) -> None:
    (folder / "specloom.toml").write_text(SETTINGS + '[lint]\nselect = ["OAS000"]\n')
    result = run("lint", folder, "--fail-on", "never")
    assert (result.exit_code, result.stdout.count("CFG002")) == (2, 1)


def test_wrong_suppression_fails_whatever_fails(folder: Path) -> None:
    with (folder / "specloom.toml").open("a") as file:
        file.write('[[lint.suppress]]\ncode = "OAS000"\npointer = ""\nreason = "none"\n')
    result = run("lint", folder, "--fail-on", "never")
    assert result.exit_code == 2
    assert "specloom.toml:11:1 error[CFG002] `code` 'OAS000' names no rule" in result.stdout


OVERLAY = """\
overlay: 1.1.0
info: {title: More, version: 1.0.0}
actions:
  - target: $.paths
    update:
      /more:
        get:
          operationId: listMore
          responses:
            '200': {description: Done.}
"""


def test_github_shows_findings_in_the_document_and_its_overlay(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / "overlay.yaml").write_text(OVERLAY)
    (folder / "specloom.toml").write_text(SETTINGS + 'overlay = "overlay.yaml"\n')
    result = run("lint", folder.relative_to(Path.cwd()), "--select=OAS404", "--format=github")
    assert [line.partition(",title")[0] for line in result.stdout.splitlines()] == [
        f"::warning file={folder.name}/overlay.yaml,line=9,col=11",
        f"::warning file={folder.name}/things.yaml,line=9,col=7",
    ]


def test_several_are_looked_at_in_one_run_and_each_once(folder: Path) -> None:
    other = folder / "other" / "one.yaml"
    other.parent.mkdir()
    other.write_bytes(BAD.read_bytes())
    project = [folder, folder / "things.yaml", folder / "specloom.toml"]
    assert codes(*project, other, "--select", "OAS404") == ["OAS404"] * 2


def test_document_is_looked_at_slowly_with_the_same_verdict(folder: Path) -> None:
    assert codes(folder, "--slow") == ["OAS404"]


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_rules_are_listed_in_every_form(form: str) -> None:
    lines = run("rules", "--format", form).stdout.splitlines()
    for rule in catalogue.RULES:
        assert sum(rule.code in line and rule.name in line for line in lines) == 1, rule.code


def test_rules_as_json_say_which_are_recommended() -> None:
    listed = {rule["code"]: rule for rule in json.loads(run("rules", "--format", "json").stdout)}
    assert listed["OAS404"] == {
        "code": "OAS404",
        "name": "no-error-response",
        "subject": "Responses",
        "severity": "warning",
        "recommended": True,
        "summary": "operation documents no error response",
        "explanation": listed["OAS404"]["explanation"],
    }
    assert {code for code, rule in listed.items() if not rule["recommended"]} == {
        rule.code for rule in lint.RULES if not rule.recommended
    }


@pytest.mark.parametrize("word", ["OAS404", "oas404", "no-error-response"])
def test_explanation_shows_a_bad_and_a_good_document(word: str) -> None:
    text = run("explain", word).stdout
    bad, good = (fragment.text.splitlines()[-1] for fragment in fragments_of("OAS404"))
    assert text.index(bad) < text.index(good)
    assert text.startswith("OAS404 no-error-response (warning)\n")


def test_documents_of_a_difference_are_shown_in_pairs(tmp_path: Path) -> None:
    folder = tmp_path / "_fragments" / "diff" / "DIF100"
    folder.mkdir(parents=True)
    for name in ("one-gone.new", "all-gone.old", "one-gone.old", "all-gone.new"):
        (folder / f"{name}.yaml").write_text(name)
    with patch("specloom.fragments.files", lambda _: tmp_path):
        titles = [fragment.title for fragment in fragments_of("DIF100")]
    assert titles == ["all gone, old", "all gone, new", "one gone, old", "one gone, new"]


@pytest.mark.parametrize("code", ["", "..", "OAS404/../OAS410", "/etc", "OAS*", "lint", "OAS404\n"])
def test_no_name_leads_out_of_the_folder_of_fragments(code: str) -> None:
    assert fragments_of(code) == []
