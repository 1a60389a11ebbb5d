"""What breaks the specification is told whole, and the rules go on with what is sound."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from specloom import pipeline
from specloom.config import ClientSettings, Config, DocumentSettings
from specloom.diagnostics import Collector, HaltedError, Severity

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = ClientSettings("client", "client", "Client", "client")
TOP = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
"""
NULLABLE = """\
paths: {}
components:
  schemas:
    A: {type: string, nullable: true}
    B: {type: integer, minimum: 0, exclusiveMinimum: true}
    C: {type: object, required: []}
"""
OVERLAY = """\
overlay: 1.0.0
info: {title: corrections, version: '1'}
actions:
  - {target: '$.paths["/a"].get', update: {responses: {'200': {description: done}}}}
"""


def project(folder: Path, text: str, overlay: str | None = None) -> Config:
    (folder / "openapi.yaml").write_text(TOP + text)
    if overlay:
        (folder / "overlay.yaml").write_text(overlay)
    document = DocumentSettings("openapi.yaml", "overlay.yaml" if overlay else None)
    return Config(folder, CLIENT, document)


def found(config: Config, look: str = "linted") -> list[tuple[str, str]]:
    """The codes and places of all that is found."""
    collector = Collector()
    getattr(pipeline, look)(config, collector)
    return [(one.rule.code, one.location.pointer) for one in collector.diagnostics]


def test_every_fault_is_told_and_the_rules_go_on(tmp_path: Path) -> None:
    text = """
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/Gone'}, {name: q, in: body}]
      responses: {'200': {description: done}}
    put: {operationId: put, responses: {'20': {description: done}}}
components: {schemas: {A: {$ref: '#/components/schemas/Gone'}}}
"""
    assert {
        ("DOC010", "/paths/~1a/get/parameters/0/$ref"),
        ("DOC010", "/components/schemas/A/$ref"),
        ("DOC020", "/paths/~1a/get/parameters/1/in"),
        ("DOC020", "/paths/~1a/put/responses/20"),
        ("OAS301", "/paths/~1a/get"),
    } <= {*found(project(tmp_path, text))}


def test_nothing_is_found_where_something_was_made_up(tmp_path: Path) -> None:
    text = "paths: {/a: {get: {tags: [5, six], responses: {'200': {description: done}}}}}\n"
    tags = [one for one in found(project(tmp_path, text)) if "/tags/" in one[1]]
    assert tags == [("DOC020", "/paths/~1a/get/tags/0"), ("OAS304", "/paths/~1a/get/tags/1")]


def test_a_broken_document_stays_of_its_version(tmp_path: Path) -> None:
    """What 3.0 says otherwise than 3.2 is understood though another place is mended."""
    config = project(tmp_path, "")
    (tmp_path / "openapi.yaml").write_text(f"{TOP.replace('3.1.0', '3.0.3')}{NULLABLE}")
    collector = Collector()
    schemas = pipeline.linted(config, collector).tree["components"]["schemas"]
    assert [one.rule.code for one in collector.errors] == ["DOC020"]
    assert schemas["A"]["type"] == ["string", "null"]
    assert schemas["B"] == {"type": "integer", "exclusiveMinimum": 0}


def test_a_version_that_is_not_whole_is_told(tmp_path: Path) -> None:
    config = project(tmp_path, "paths: {/a: {get: {}}}\n")
    (tmp_path / "openapi.yaml").write_text(f"{TOP.replace('3.1.0', '3.1')}paths: {{/a: {{}}}}\n")
    codes = [code for code, _ in found(config)]
    assert codes[0] == "DOC005"
    assert "OAS225" in codes


def test_what_the_overlay_corrects_is_not_told(tmp_path: Path) -> None:
    config = project(tmp_path, "paths: {/a: {get: {operationId: a}}}\n", OVERLAY)
    config.folder.joinpath("openapi.yaml").write_text(
        TOP + "paths: {/a: {get: {operationId: a, responses: {'200': {}}}}}\n"
    )
    fault = ("DOC020", "/paths/~1a/get/responses/200")
    assert fault not in found(config)
    assert fault in found(config, "linted_upstream")


OLD = """\
openapi: 3.0.3
info: {title: Things, version: '1'}
paths:
  /a:
    get:
      parameters:
        - {name: p, in: query, schema: {type: string}}
        - {name: q, in: query, schema: {nullable: true, enum: [1, null]}}
      responses: {'200': {content: {}}}
    put: {responses: {}}
components:
  schemas:
    A: {type: [string, 'null'], propertes: {}}
    B: {type: integer, exclusiveMinimum: 0, const: 3}
    C: {$ref: '#/components/schemas/B', minLength: 3}
"""
FAULTS = {
    ("DOC020", "/paths/~1a/get/responses/200"),
    ("DOC020", "/paths/~1a/put/responses"),
    ("DOC020", "/components/schemas/A/type"),
    ("DOC020", "/components/schemas/A/propertes"),
    ("DOC020", "/components/schemas/B/exclusiveMinimum"),
    ("DOC020", "/components/schemas/B/const"),
    ("OAS150", "/components/schemas/C/minLength"),
    ("OAS570", "/paths/~1a/get/parameters/1/schema/nullable"),
}


@pytest.mark.parametrize(
    ("action", "gone", "now"),
    [
        ("{target: $.info, update: {contact: {}}}", "none", None),
        ("{target: $.components.schemas.A, update: {description: d}}", "none", None),
        ('{target: \'$.paths["/a"].get.responses["200"]\', update: {description: d}}', "200", None),
        ("{target: $.components.schemas.A.propertes, remove: true}", "propertes", None),
        ("{target: $.components.schemas.B, update: {const: 4}}", "const", None),
        ("{target: '$.components.schemas.C[\"$ref\"]', remove: true}", "minLength", None),
        (
            "{target: '$.paths[\"/a\"].get.parameters[0]', remove: true}",
            "nullable",
            ("OAS570", "/paths/~1a/get/parameters/0/schema/nullable"),
        ),
    ],
)
def test_an_overlay_hides_no_fault_but_those_that_it_corrects(
    action: str, gone: str, now: tuple[str, str] | None, tmp_path: Path
) -> None:
    top = OVERLAY.partition("  - ")[0]
    config = project(tmp_path, "", f"{top}  - {action}\n")
    (tmp_path / "openapi.yaml").write_text(OLD)
    told = {
        one for one in found(config) if one[0] in {"OAS150", "OAS570"} or one[0].startswith("DOC")
    }
    left = {one for one in FAULTS if not one[1].endswith(f"/{gone}")}
    assert told == (left | {now} if now else left)


def test_what_is_wrong_with_a_correction_hides_nothing(tmp_path: Path) -> None:
    config = project(tmp_path, "paths: {/a: {get: {}}}\n", OVERLAY.replace("/a", "/gone"))
    assert {("OVL003", "/actions/0/target"), ("OAS301", "/paths/~1a/get")} <= {*found(config)}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # What is taken out on the way is not missing.
        (
            """
security: [{Key: []}]
paths: {}
components: {securitySchemes: {Key: {type: apiKey, in: header}}}
""",
            {"DOC020"},
        ),
        (
            """
paths: {'/a/{id}': {parameters: [{$ref: '#/components/parameters/No'}], get: {}}}
""",
            {"DOC010"},
        ),
        # What is made up on the way was not written.
        (
            """
paths: {}
components:
  securitySchemes: {Key: {type: oauth2, flows: {clientCredentials: {scopes: {}}}}}
""",
            {"DOC020"},
        ),
        ("paths: {b: {}}\n", {"DOC020"}),
    ],
)
def test_nothing_is_told_that_only_follows(text: str, codes: set[str], tmp_path: Path) -> None:
    collector = Collector()
    pipeline.linted(project(tmp_path, text), collector)
    weighty = {
        one.rule.code
        for one in collector.diagnostics
        if one.severity is Severity.ERROR or one.rule.code == "OAS225"
    }
    assert weighty == codes


def test_what_is_renamed_is_told_where_it_was_written(tmp_path: Path) -> None:
    places = found(project(tmp_path, "paths: {b: {get: {}}}\n"))
    assert ("OAS301", "/paths/b/get") in places


def test_two_examples_are_told_though_another_place_is_mended(tmp_path: Path) -> None:
    text = """
paths: {}
components:
  parameters:
    P: {name: p, in: query, schema: {type: string}, example: 1, examples: {a: {value: a}}}
  schemas: {A: {type: strin}}
"""
    place = "/components/parameters/P/example"
    assert {("OAS608", place), ("OAS601", place)} <= {*found(project(tmp_path, text))}


def test_what_may_not_be_read_is_told_once(tmp_path: Path) -> None:
    text = "paths: {}\ncomponents: {schemas: {A: {$ref: 'https://example.com/a.json'}}}\n"
    codes = [code for code, _ in found(project(tmp_path, text)) if code.startswith("DOC")]
    assert codes == ["DOC012"]


def test_what_is_referred_to_outside_of_objects_is_looked_at(tmp_path: Path) -> None:
    text = """
paths: {/a: {parameters: [{$ref: '#/x-shared/Q'}]}}
x-shared: {Q: {in: query, schema: {type: strin}}}
"""
    collector = Collector()
    pipeline.linted(project(tmp_path, text), collector)
    faults = [one for one in collector.diagnostics if one.rule.code == "DOC020"]
    assert [one.message for one in faults] == ["'name' is missing", faults[1].message]
    assert {one.location.line for one in faults} == {5}


@pytest.mark.parametrize(
    "text",
    [
        "paths: {'/a/{id}': {get: {responses: {'200': {description: done}}}}}\n",
        "paths: {a: {}}\n",
        "paths: {/a: {$ref: '#/paths/~1b'}}\n",
    ],
)
def test_an_invalid_document_is_no_effective_one(text: str, tmp_path: Path) -> None:
    with pytest.raises(HaltedError):
        pipeline.effective(project(tmp_path, text), Collector())


def test_the_library_judges_only_when_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(_: object) -> list[Exception]:
        raise ZeroDivisionError

    monkeypatch.setattr("openapi_spec_validator.OpenAPIV31SpecValidator.iter_errors", judge)
    config = project(tmp_path, "paths: {}\n")
    assert "DOC020" not in [code for code, _ in found(config)]
    collector = Collector()
    pipeline.linted(config, collector, slow=True)
    assert "ZeroDivisionError" in collector.errors[0].message


@pytest.mark.parametrize("command", ["lint", "effective"])
def test_nothing_slow_is_imported_for_it(command: str, tmp_path: Path) -> None:
    project(tmp_path, "paths: {}\n")
    settings = '[client]\ndistribution = "c"\npackage = "c"\nclass_name = "C"\noutput = "c"\n'
    (tmp_path / "specloom.toml").write_text(
        f'{settings}[document]\nupstream = "openapi.yaml"\n', encoding="utf-8"
    )
    program = "from specloom.cli import main; main()"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-X", "importtime", "-c", program, command, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "specloom.document.validity" in imported
    slow = {"openapi_spec_validator", "openapi_schema_validator", "jsonschema", "jsonpath"}
    assert not imported & slow
