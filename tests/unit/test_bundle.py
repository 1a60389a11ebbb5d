"""What a document takes from other files becomes part of it, wherever it was written."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from typer.testing import CliRunner

from specloom import cli
from specloom.bundle import bundle
from specloom.diagnostics import Collector, HaltedError, Severity
from specloom.document.load import Document, load

HEAD = "openapi: {}\ninfo: {{title: a, version: '1'}}\n"
EMPTY = "paths: {}\n"


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "api/openapi.yaml"


def bundled(
    folder: Path, text: str, others: dict[str, str], version: str = "3.1.0", *remote: str
) -> Document:
    path = written(folder, {"api/openapi.yaml": HEAD.format(version) + text, **others})
    collector = Collector()
    document = bundle(load(path, collector), remote, collector)
    assert collector.diagnostics == []
    return document


def schemas(folder: Path, text: str, others: dict[str, str], version: str = "3.1.0") -> Any:
    text = EMPTY + "components: {schemas: " + text + "}\n"
    return bundled(folder, text, others, version).tree["components"]["schemas"]


def complaints(folder: Path, reference: str, others: dict[str, str], *remote: str) -> list[Any]:
    text = EMPTY + f"components:\n  schemas:\n    A: {{$ref: {json.dumps(reference)}}}\n"
    path = written(folder, {"api/openapi.yaml": HEAD.format("3.1.0") + text, **others})
    collector = Collector()
    with pytest.raises(HaltedError):
        bundle(load(path, collector), remote, collector)
    start = f"{folder}/"
    return [
        (found.rule.code, str(found.location).removeprefix(start), found.hint)
        for found in collector.diagnostics
    ]


def test_a_component_that_is_only_a_reference_gets_what_it_refers_to(tmp_path: Path) -> None:
    assert schemas(
        tmp_path, "{User: {$ref: ../user.json}}", {"user.json": '{"type": "string"}'}
    ) == {"User": {"type": "string"}}


def test_files_refer_on_relative_to_themselves_and_back(tmp_path: Path) -> None:
    others = {
        "models/user.yaml": "properties: {pet: {$ref: pets/pet.yaml}, boss: {$ref: '#'}}",
        "models/pets/pet.yaml": "properties: {owner: {$ref: ../user.yaml}, a: {$ref: "
        "'../../api/openapi.yaml#/components/schemas/A'}}",
    }
    assert schemas(tmp_path, "{A: {items: {$ref: ../models/user.yaml}}}", others) == {
        "A": {"items": {"$ref": "#/components/schemas/user"}},
        "user": {
            "properties": {
                "pet": {"$ref": "#/components/schemas/pet"},
                "boss": {"$ref": "#/components/schemas/user"},
            }
        },
        "pet": {
            "properties": {
                "owner": {"$ref": "#/components/schemas/user"},
                "a": {"$ref": "#/components/schemas/A"},
            }
        },
    }


def test_each_kind_becomes_a_component_of_its_section(tmp_path: Path) -> None:
    text = """paths:
  /a:
    get:
      parameters: [{$ref: 'c.yaml#/components/parameters/Limit'}]
      requestBody: {$ref: 'c.yaml#/body'}
      responses: {'200': {$ref: 'c.yaml#/ok'}}
  /b: {$ref: 'c.yaml#/item'}
"""
    common = """
components: {parameters: {Limit: {name: l, in: query, schema: {$ref: '#/components/schemas/N'}}},
             schemas: {N: {type: integer}}}
body: {content: {}}
ok: {description: x, headers: {H: {$ref: '#/h'}}}
h: {schema: {type: string}}
item: {get: {responses: {}}}
"""
    components = bundled(tmp_path, text, {"api/c.yaml": common}).tree["components"]
    assert {section: list(named) for section, named in components.items()} == {
        "schemas": ["N"],
        "parameters": ["Limit"],
        "requestBodies": ["body"],
        "responses": ["ok"],
        "headers": ["h"],
        "pathItems": ["item"],
    }
    assert components["responses"]["ok"]["headers"] == {"H": {"$ref": "#/components/headers/h"}}


def test_what_can_not_be_referred_to_is_copied_in(tmp_path: Path) -> None:
    text = "paths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: s.yaml}}\n"
    others = {
        "api/paths.yaml": "/a: {get: {$ref: ops.yaml#/one}}\n/b: {$ref: item.yaml}\n",
        "api/ops.yaml": "one: {responses: {'200': {$ref: 'ops.yaml#/ok'}}}\nok: {description: x}\n",
        "api/item.yaml": "get: {callbacks: {x: {u: {$ref: item.yaml}}}}\n",
        "api/s.yaml": "A: {items: {$ref: '#/B'}}\nB: {type: string}\n",
    }
    tree = bundled(tmp_path, text, others, "3.0.3").tree
    assert tree["paths"] == {
        "/a": {"get": {"responses": {"200": {"$ref": "#/components/responses/ok"}}}},
        "/b": {"get": {"callbacks": {"x": {"u": {}}}}},
    }
    assert tree["components"]["schemas"] == {
        "A": {"items": {"$ref": "#/components/schemas/B"}},
        "B": {"type": "string"},
    }


def test_names_that_are_taken_are_numbered_alike_in_any_order(tmp_path: Path) -> None:
    others = {"api/a.yaml": "B: {const: a}", "api/b.yaml": "B: {const: b}"}
    references = ["a: {$ref: a.yaml#/B}", "b: {$ref: b.yaml#/B}"]
    for order in references, references[::-1]:
        found = schemas(tmp_path, f"{{B: {{properties: {{{', '.join(order)}}}}}}}", others)
        assert (found["B2"], found["B3"]) == ({"const": "a"}, {"const": "b"})


def test_a_part_of_what_is_taken_whole_is_no_component_of_its_own(tmp_path: Path) -> None:
    others = {
        "api/u.yaml": "properties: {pet: {type: object}, a: {$ref: '#/$defs/A'}}\n$defs: {A: {}}"
    }
    text = "{A: {$ref: u.yaml}, B: {items: {$ref: 'u.yaml#/properties/pet'}}}"
    found = schemas(tmp_path, text, others)
    assert found["B"]["items"] == {"$ref": "#/components/schemas/A/properties/pet"}
    assert found["A"]["properties"]["a"] == {"$ref": "#/components/schemas/A/$defs/A"}
    assert list(found) == ["A", "B"]


def test_mappings_that_name_files_follow(tmp_path: Path) -> None:
    pet = """
discriminator: {propertyName: k, mapping: {d: dog.yaml, c: Cat}}
oneOf: [{$ref: dog.yaml}]
"""
    found = schemas(
        tmp_path, "{Pet: {$ref: pet.yaml}, Cat: {}}", {"api/pet.yaml": pet, "api/dog.yaml": "{}"}
    )
    mapping = {"d": "#/components/schemas/dog", "c": "Cat"}
    assert found["Pet"]["discriminator"]["mapping"] == mapping


def test_siblings_are_kept_in_3_1_and_mean_nothing_in_3_0(tmp_path: Path) -> None:
    text = "{A: {$ref: b.yaml, description: mine}}"
    kept = schemas(tmp_path, text, {"api/b.yaml": "{type: string}"})
    assert kept["A"] == {"$ref": "#/components/schemas/b", "description": "mine"}
    lost = schemas(tmp_path, text, {"api/b.yaml": "{type: string}"}, "3.0.3")
    assert lost == {"A": {"type": "string"}}


def test_a_3_0_file_is_read_as_such(tmp_path: Path) -> None:
    other = "openapi: 3.0.3\ncomponents: {schemas: {B: {type: string, nullable: true}}}"
    found = schemas(tmp_path, "{A: {$ref: 'b.yaml#/components/schemas/B'}}", {"api/b.yaml": other})
    assert found == {"A": {"type": ["string", "null"]}}


def test_places_are_those_of_the_files(tmp_path: Path) -> None:
    text = EMPTY + "components: {schemas: {A: {$ref: '../b.yaml#/B'}}}\n"
    document = bundled(tmp_path, text, {"b.yaml": "\nB:\n  properties:\n    c: {}\n"})
    place = document.locate("/components/schemas/A/properties/c")
    assert str(place) == f"{tmp_path}/b.yaml:4:5"


REFUSED = {
    "/etc/passwd": "DOC012",
    "../../../../../../../../../../../../etc/passwd": "DOC004",
    "../../../../../../../../../../../../dev/zero": "DOC001",
    "../.secret/a.yaml": "DOC012",
    "file:///etc/passwd": "DOC012",
    "FILE:///etc/passwd": "DOC012",
    " /etc/passwd": "DOC012",
    "\t/etc/passwd": "DOC012",
    "http://127.0.0.1:9/a.yaml": "DOC012",
    "ftp://127.0.0.1/a.yaml": "DOC012",
    "//host/a.yaml": "DOC012",
    "none.yaml": "DOC001",
    "..": "DOC001",
    "http://[": "DOC012",
    "a\0.yaml": "DOC012",
    "a%00.yaml": "DOC012",
    "../text.yaml#/a": "DOC004",
}


@pytest.mark.parametrize("reference", REFUSED)
def test_what_may_not_be_read_is_said_at_the_reference(reference: str, tmp_path: Path) -> None:
    others = {".secret/a.yaml": "{}", "text.yaml": "a: text"}
    [(code, place, _)] = complaints(tmp_path, reference, others)
    assert (code, place) == (REFUSED[reference], "api/openapi.yaml:6:9")


def test_a_broken_file_is_refused_as_a_missing_one(tmp_path: Path) -> None:
    text = EMPTY + "components: {schemas: {A: {$ref: ../b.yaml}, B: {$ref: ../b.yaml#/a}}}\n"
    files = {"api/openapi.yaml": HEAD.format("3.1.0") + text, "b.yaml": "a: [\n"}
    path, collector = written(tmp_path, files), Collector()
    bundle(load(path, collector), (), collector, refusals=Severity.WARNING)
    found = collector.diagnostics
    assert [(one.rule.code, one.location.pointer) for one in found] == [
        ("DOC003", "/components/schemas/A/$ref"),
        ("DOC003", "/components/schemas/B/$ref"),
    ]
    assert f"{tmp_path}/b.yaml:2:1: not YAML" in found[0].message


def test_a_reference_spelt_by_escapes_is_followed(tmp_path: Path) -> None:
    text = EMPTY + 'components: {schemas: {A: {"$\\u0072ef": ../b.yaml}}}\n'
    found = bundled(tmp_path, text, {"b.yaml": "type: string"})
    assert found.tree["components"]["schemas"] == {"A": {"type": "string"}}


def test_a_reference_to_nothing_in_another_file_leads_to_nothing(tmp_path: Path) -> None:
    found = schemas(tmp_path, "{A: {$ref: 'b.yaml#/no'}}", {"api/b.yaml": "{}"})
    assert found == {"A": {"$ref": "#/b.yaml#~1no"}}


def test_copies_that_multiply_are_refused(tmp_path: Path) -> None:
    items = "get: {callbacks: {a: {u: {$ref: %s.yaml}}, b: {u: {$ref: %s.yaml}}}}\n"
    others = {f"api/{i}.yaml": items % (i + 1, i + 1) for i in range(40)} | {"api/40.yaml": "{}"}
    text = HEAD.format("3.0.3") + "paths: {/a: {$ref: 0.yaml}}\n"
    path = written(tmp_path, {"api/openapi.yaml": text, **others})
    collector = Collector()
    with pytest.raises(HaltedError):
        bundle(load(path, collector), (), collector)
    assert [found.rule.code for found in collector.diagnostics] == ["DOC015"]


NAMED = """{
A: {$id: 'http://e.com/x.json', $anchor: name, $defs: {X: {}},
    properties: {x: {$ref: '#/$defs/X'}}},
B: {items: {$ref: %s}}}"""


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [
        ("http://e.com/x.json", "A"),
        ("#name", "A"),
        ("http://e.com/x.json#name", "A"),
        ("http://e.com/x.json#/$defs/X", "A/$defs/X"),
        ("openapi.yaml#/components/schemas/A", "A"),
        ("#/components/schemas/A/$defs/X", "A/$defs/X"),
    ],
)
def test_identifiers_become_pointers(reference: str, pointer: str, tmp_path: Path) -> None:
    found = schemas(tmp_path, NAMED % json.dumps(reference), {})
    assert found["B"]["items"] == {"$ref": "#/components/schemas/" + pointer}
    assert found["A"] == {
        "$defs": {"X": {}},
        "properties": {"x": {"$ref": "#/components/schemas/A/$defs/X"}},
    }


def test_the_document_may_name_itself(tmp_path: Path) -> None:
    text = (
        "$self: https://e.com/api/one.yaml\n"
        "paths: {}\ncomponents: {schemas: {A: {}, B: {$ref: 'one.yaml#/components/schemas/A'}}}\n"
    )
    found = bundled(tmp_path, text, {}, "3.2.0").tree["components"]["schemas"]
    assert found["B"] == {"$ref": "#/components/schemas/A"}


def test_a_dynamic_reference_with_one_meaning_is_a_reference(tmp_path: Path) -> None:
    text = "{T: {$dynamicAnchor: n, items: {$dynamicRef: '#n'}}}"
    assert schemas(tmp_path, text, {}) == {"T": {"items": {"$ref": "#/components/schemas/T"}}}


def warned(folder: Path, text: str) -> tuple[list[str], Any]:
    text = HEAD.format("3.1.0") + EMPTY + "components: {schemas: " + text + "}\n"
    collector = Collector()
    path = written(folder, {"api/openapi.yaml": text})
    document = bundle(load(path, collector), (), collector)
    assert collector.errors == []
    codes = [found.rule.code for found in collector.diagnostics]
    return codes, document.tree["components"]["schemas"]


def test_a_dynamic_reference_with_several_meanings_is_taken_for_any(tmp_path: Path) -> None:
    text = "{T: {$dynamicAnchor: n, items: {$dynamicRef: '#n'}}, U: {$dynamicAnchor: n}}"
    assert warned(tmp_path, text) == (["DOC014"], {"T": {"items": {}}, "U": {}})


def test_a_pasted_schema_has_its_definitions_near(tmp_path: Path) -> None:
    text = "{T: {definitions: {X: {type: string}}, items: {$ref: '#/definitions/X'}}}"
    codes, found = warned(tmp_path, text)
    assert codes == ["DOC013"]
    assert found["T"]["items"] == {"$ref": "#/components/schemas/T/definitions/X"}


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = cast("ThreadingHTTPServer", self.server)
        pages: dict[str, Any] = {
            "/api/a.yaml": {"items": {"$ref": "b.yaml"}},
            "/api/b.yaml": {"type": "string"},
            "/api/out.yaml": {"items": {"$ref": "/private.yaml"}},
            "/api/file.yaml": {"items": {"$ref": "file:///etc/passwd"}},
        }
        if self.path == "/api/moved.yaml":
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}/private.yaml")
        else:
            self.send_response(200 if self.path in pages else 404)
        content = yaml.safe_dump(pages.get(self.path, {})).encode()
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_urls_are_read_where_settings_allow_it(tmp_path: Path, url: str) -> None:
    text = EMPTY + f"components: {{schemas: {{A: {{$ref: '{url}api/a.yaml'}}}}}}\n"
    document = bundled(tmp_path, text, {}, "3.1.0", url + "api/")
    assert document.tree["components"]["schemas"] == {
        "A": {"items": {"$ref": "#/components/schemas/b"}},
        "b": {"type": "string"},
    }
    assert document.locate("/components/schemas/b").file == url + "api/b.yaml"


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("private.yaml", "DOC012"),
        ("api/../private.yaml", "DOC012"),
        ("api/%2e%2e/private.yaml", "DOC012"),
        ("api/out.yaml", "DOC012"),
        ("api/file.yaml", "DOC012"),
        ("api/moved.yaml", "DOC001"),
        ("api/none.yaml", "DOC001"),
    ],
)
def test_urls_are_not_left_for_others(page: str, code: str, tmp_path: Path, url: str) -> None:
    [(found, _, _)] = complaints(tmp_path, url + page, {}, url + "api/")
    assert found == code


def test_a_url_that_only_begins_alike_is_another(tmp_path: Path) -> None:
    reference = "http://127.0.0.1.example.com/a.yaml"
    [(code, _, hint)] = complaints(tmp_path, reference, {}, "http://127.0.0.1")
    assert (code, "remote" in str(hint)) == ("DOC012", True)


def test_a_client_is_made_without_what_may_not_be_read(tmp_path: Path) -> None:
    """Linting refuses such a document; a client takes what is missing for anything."""
    schema = "components: {schemas: {A: {$ref: 'https://example.com/a.yaml'}}}\n"
    (tmp_path / "openapi.yaml").write_text(HEAD.format("3.1.0") + EMPTY + schema)
    (tmp_path / "specloom.toml").write_text(
        '[document]\nupstream = "openapi.yaml"\n'
        '[client]\ndistribution = "a"\npackage = "a"\nclass_name = "A"\noutput = "out"\n'
    )
    lint, generate = (
        CliRunner().invoke(cli.app, [command, str(tmp_path)]) for command in ("lint", "generate")
    )
    assert (lint.exit_code, generate.exit_code) == (1, 0), generate.output
    assert "error[DOC012]" in lint.output
    assert "warning[DOC012]" in generate.output
    assert "warning[DOC041]" in generate.output
