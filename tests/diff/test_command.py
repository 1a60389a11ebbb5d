"""`specloom diff`: what it prints in each format, where it points, and when it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from specloom.cli import app
from specloom.diff.spans import spans

ROOT = Path(__file__).parents[2]
OLD = """\
openapi: 3.2.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
      responses: {"200": {description: OK}}
    delete:
      operationId: deletePets
      responses: {"204": {description: Gone}}
"""
NEW = """\
openapi: 3.2.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: limit, in: query, required: true, schema: {type: integer}}
      responses: {"200": {description: OK}, "202": {description: Later}}
"""
OVERLAY = """\
overlay: 1.1.0
info: {title: Corrections, version: "1"}
actions:
  - target: $.paths['/pets'].get.parameters[0]
    update:
      required: true
"""
SETTINGS = """\
[client]
distribution = "pets"
package = "pets"
class_name = "Pets"
output = "out"
version = "1.4.0"
"""


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("old.yaml", OLD)
    write("new.yaml", NEW)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def diff(*arguments: str, status: int) -> str:
    ran = CliRunner().invoke(app, ["diff", *arguments])
    assert ran.exit_code == status, ran.output
    return ran.stdout


@pytest.mark.usefixtures("documents")
def test_people_are_told_the_worst_first_and_the_counts_last() -> None:
    told = diff("old.yaml", "new.yaml", status=1).splitlines()
    assert told[0] == "breaking for clients:"
    assert [one.split(" (")[0] for one in told[1:4]] == [
        "  new.yaml:8:36 DIF205 the query parameter `limit` is now required",
        "  old.yaml:10:5 DIF100 the operation is gone",
        "",
    ]
    assert told[4].startswith("risky for clients")
    assert told[-2].startswith("3 changes: 2 breaking, 1 risky for clients")
    assert told[-1] == "client: 0.1.0 to 0.2.0 (major)"


@pytest.mark.usefixtures("documents")
def test_the_same_document_is_no_change() -> None:
    assert diff("old.yaml", "old.yaml", status=0) == "no change on the wire\n"


@pytest.mark.usefixtures("documents")
def test_programs_get_every_change_with_both_places() -> None:
    told = json.loads(diff("old.yaml", "new.yaml", "--format=json", status=1))
    gone = next(one for one in told["changes"] if one["code"] == "DIF100")
    assert gone == {
        "code": "DIF100",
        "rule": "operation-removed",
        "message": "the operation is gone",
        "clients": "breaking",
        "servers": "safe",
        "direction": None,
        "operations": ["DELETE /pets"],
        "old": "/paths/~1pets/delete",
        "new": None,
        "file": "old.yaml",
        "line": 10,
        "column": 5,
    }
    client: dict[str, Any] = told["client"]
    assert (client["level"], client["next_version"]) == ("major", "0.2.0")
    assert client["changes"]


@pytest.mark.usefixtures("documents")
def test_a_pull_request_is_pointed_to_what_is_there() -> None:
    lines = diff("old.yaml", "new.yaml", "--format=github", status=1).splitlines()
    assert any(one.startswith("::error file=new.yaml,line=8,") for one in lines)
    # What is gone is told where it was missed.
    assert any("title=DIF100 " in one and "file=new.yaml,line=4," in one for one in lines)
    results = json.loads(diff("old.yaml", "new.yaml", "--format=sarif", status=1))["runs"][0]
    assert {one["ruleId"] for one in results["results"]} >= {"DIF100", "DIF205", "DIF301"}


@pytest.mark.usefixtures("documents")
def test_a_pull_request_is_told_what_changed_and_at_which_line() -> None:
    told = diff("old.yaml", "new.yaml", "--format=markdown", status=1)
    assert "`limit` is now required (DIF205; safe for servers; `new.yaml:8`)" in told
    assert "the operation is gone (DIF100; safe for servers; `old.yaml:10` of before)" in told


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("get: {responses: {'200': {SCHEMA}}}", "`a.b[]` of the answer 200: TOLD (answers of "),
        ("get: {responses: {'200': {headers: {X: {SCHEMA}}}}}", "`a.b[]` of the header `X`: TOLD"),
        ("put: {requestBody: {SCHEMA}}", "`a.b[]` of the request body: TOLD (requests of PUT /a)"),
        (
            "get: {parameters: [{name: q, in: query, SCHEMA}]}",
            "`a.b[]` of the query parameter `q`: TOLD (requests of GET /a)",
        ),
        (
            "put: {requestBody: {content: {'*/*': {schema: {$ref: '#/components/schemas/A'}}}}}",
            "`A.b[]`: TOLD (requests of PUT /a)",
        ),
    ],
    ids=["answer", "header", "body", "parameter", "component"],
)
def test_a_change_within_a_schema_names_its_place(at: str, shown: str) -> None:
    head = "openapi: 3.2.0\ninfo: {title: Pets, version: '1'}\npaths: {/a: {AT}}\n"
    head += "components: {schemas: {A: {properties: {b: {items: {type: TYPE}}}}}}\n"
    schema = "{properties: {a: {properties: {b: {items: {type: TYPE}}}}}}"
    text = head.replace("AT", at).replace(
        "SCHEMA", f"content: {{application/json: {{schema: {schema}}}}}"
    )
    write("old.yaml", text.replace("TYPE", "string"))
    write("new.yaml", text.replace("TYPE", "integer"))
    told = diff("old.yaml", "new.yaml", "--fail-on=never", status=0)
    assert shown.replace("TOLD", "was string, is integer") in told


def test_two_runs_tell_the_same_in_the_same_order() -> None:
    """Whatever order sets have: it is another in each process."""
    program = (
        "from pathlib import Path; from tests.diff.test_pairs import OLD, new_of, read; "
        "from specloom import diff; "
        "print(*(one for old in OLD for one in diff.changes(read(old), read(new_of(old)))))"
    )
    told = [
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0]
    assert told[0] == told[1]


@pytest.mark.usefixtures("documents")
def test_markdown_shows_hostile_names_and_does_nothing_else() -> None:
    write("new.yaml", NEW.replace("name: limit", 'name: "`<img src=x>`"'))
    told = diff("old.yaml", "new.yaml", "--format=markdown", status=1)
    assert "### Breaking for clients" in told
    assert "`'<img src=x>'`" in told
    assert "\n#### Breaking" in told
    assert diff("old.yaml", "new.yaml", "--format=changelog", status=1).startswith("## 0.2.0\n")


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize(
    ("new", "fail_on", "status"),
    [
        (OLD.replace("name: limit", "name: size"), "breaking", 0),
        (OLD.replace("name: limit", "name: size"), "risky", 1),
        (OLD.replace("listPets", "findPets"), "breaking", 0),
        (OLD.replace("listPets", "findPets"), "client-breaking", 1),
        (NEW, "never", 0),
    ],
)
def test_what_fails_is_asked_for(new: str, fail_on: str, status: int) -> None:
    write("new.yaml", new)
    diff("old.yaml", "new.yaml", f"--fail-on={fail_on}", status=status)


@pytest.mark.usefixtures("documents")
def test_a_project_is_compared_with_its_corrections_and_names_the_client() -> None:
    write(
        "spec/specloom.toml", SETTINGS + '[document]\nupstream = "api.yaml"\noverlay = "o.yaml"\n'
    )
    write("spec/api.yaml", OLD)
    write("spec/o.yaml", OVERLAY)
    told = diff("old.yaml", "spec", status=1)
    assert "spec/o.yaml:6:" in told
    assert "DIF205" in told
    assert "client: 1.4.0 to 2.0.0 (major)" in told


@pytest.mark.usefixtures("documents")
def test_an_invalid_document_is_told_and_compared_all_the_same() -> None:
    write("new.yaml", NEW.replace("in: query", "in: nowhere").replace("description: Later", ""))
    ran = CliRunner().invoke(app, ["diff", "old.yaml", "new.yaml"])
    assert ran.exit_code == 1
    assert "DOC020" in ran.stderr
    assert "DIF100" in ran.stdout


@pytest.mark.usefixtures("documents")
def test_what_nobody_can_read_is_no_change_but_an_error() -> None:
    write("new.yaml", "openapi: [")
    ran = CliRunner().invoke(app, ["diff", "old.yaml", "new.yaml"])
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "new.yaml:" in ran.stderr
    diff("old.yaml", "missing.yaml", status=2)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("the parameter `limit` is new", "the parameter `limit` is new"),
        ("the parameter `<b>*x*</b>` is new", "the parameter `<b>*x*</b>` is new"),
        ("the parameter `a`<b>` is new", "``the parameter `a`<b>` is new``"),
        ("the parameter `a`<b>`c` is new", "the parameter `a`\\<b\\>`c` is new"),
    ],
)
def test_what_a_document_says_is_shown_in_markdown_and_does_nothing(
    message: str, shown: str
) -> None:
    assert spans(message) == shown
