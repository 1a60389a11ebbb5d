"""`specloom init` makes a folder that `generate` takes, from a file or a URL, or nothing at all."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from typer.testing import CliRunner

from specloom import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer.testing import Result

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Bob's Burgers API", "version": "1"},
    "paths": {"/menu": {"get": {"responses": {"204": {"description": "None"}}}}},
}


def init(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["init", *arguments])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def document(title: str = "Bob's Burgers API", name: str = "burgers.json") -> str:
    info = {"title": title, "version": "1"}
    Path(name).write_text(json.dumps(DOCUMENT | {"info": info}), encoding="utf-8")
    return name


class Answering(BaseHTTPRequestHandler):
    """`/go` leads to the document; `/away` leads where HTTP doesn't; YAML is at `/menu.json`."""

    places: ClassVar = {"/go": "/openapi", "/away": "file:///etc/hostname"}
    texts: ClassVar = {
        "/menu.json": "openapi: 3.1.0\ninfo: {title: Menu, version: '1'}\npaths: {}\n",
        "/flow.yml": "{openapi: 3.1.0, info: {title: Menu, version: '1'}, paths: {}}\n",
    }

    def do_GET(self) -> None:
        place = self.places.get(self.path)
        self.send_response(302 if place else 200)
        if place:
            self.send_header("Location", place)
        self.end_headers()
        if not place:
            text = self.texts.get(self.path, json.dumps(DOCUMENT, indent="\t"))
            self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_file_becomes_a_folder_that_a_client_is_made_from(folder: Path) -> None:
    told = init(document())
    assert told.exit_code == 0, told.output
    made = folder / "spec/bobs-burgers"
    assert "specloom generate spec/bobs-burgers" in told.output
    assert (made / "burgers.json").read_bytes() == (folder / "burgers.json").read_bytes()
    assert "burgers.json" in (made / "SOURCE.md").read_text()
    generated = CliRunner().invoke(cli.app, ["generate", "spec/bobs-burgers"])
    assert generated.exit_code == 0, generated.output
    assert (folder / "generated/bobs-burgers/bobs_burgers/_client.py").is_file()


def test_files_that_the_document_refers_to_come_along(folder: Path) -> None:
    Path("api/parts").mkdir(parents=True)
    menu = {"get": {"responses": {"200": {"$ref": "parts/answers.yaml#/Menu"}}}}
    Path("api/main.json").write_text(json.dumps(DOCUMENT | {"paths": {"/menu": menu}}))
    Path("api/parts/answers.yaml").write_text("Menu: {description: The menu}\n")
    Path("api/other.yaml").write_text("a: 1\n")
    assert init("api/main.json").exit_code == 0
    made = folder / "spec/bobs-burgers"
    assert sorted(path.name for path in made.rglob("*") if path.is_file()) == [
        "SOURCE.md", "answers.yaml", "main.json", "specloom.toml",
    ]  # fmt: skip
    assert CliRunner().invoke(cli.app, ["generate", str(made)]).exit_code == 0


@pytest.mark.parametrize(
    ("own", "kept"), [("my api.json", "openapi-2.json"), ("api.v1.json", "api.v1.json")]
)
def test_no_file_takes_the_place_of_another(folder: Path, own: str, kept: str) -> None:
    menu = {"get": {"responses": {"200": {"$ref": "openapi.json#/Menu"}}}}
    text = json.dumps(DOCUMENT | {"paths": {"/menu": menu}})
    Path(own).write_text(text)
    Path("openapi.json").write_text('{"Menu": {"description": "The menu"}}')
    told = init(own)
    assert told.exit_code == 0, told.output
    made = folder / "spec/bobs-burgers"
    assert (made / kept).read_text() == text
    assert "The menu" in (made / "openapi.json").read_text()
    assert f'upstream = "{kept}"' in (made / "specloom.toml").read_text()


@pytest.mark.parametrize("name", ["SOURCE.md", "specloom.toml"])
def test_a_file_called_as_one_that_is_made_is_refused(folder: Path, name: str) -> None:
    menu = {"get": {"responses": {"200": {"$ref": f"{name}#/Menu"}}}}
    Path("main.json").write_text(json.dumps(DOCUMENT | {"paths": {"/menu": menu}}))
    Path(name).write_text("Menu: {description: The menu}\n")
    told = init("main.json")
    assert told.exit_code == 2
    assert f"{name}:1:1 error[NEW003]" in told.output
    assert not (folder / "spec").exists()


@pytest.mark.parametrize("path", ["/openapi", "/go"])
def test_a_url_is_fetched_where_it_leads(folder: Path, path: str) -> None:
    with served() as base:
        told = init(base + path, "--name", "Menu")
        assert told.exit_code == 0, told.output
        assert f"{base}/openapi" in (folder / "spec/menu/SOURCE.md").read_text()
    assert json.loads((folder / "spec/menu/openapi.json").read_text()) == DOCUMENT


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/menu.json", "openapi.yaml"),
        ("/flow.yml", "openapi.yml"),
        ("/tabs.yaml", "openapi.json"),
        ("/openapi", "openapi.json"),
    ],
)
def test_a_document_is_called_after_what_it_is(folder: Path, path: str, file: str) -> None:
    with served() as base:
        told = init(base + path, "--name", "Menu")
    assert told.exit_code == 0, told.output
    assert (folder / "spec/menu" / file).is_file()


def test_no_secret_of_a_url_is_kept(folder: Path) -> None:
    with served() as base:
        told = init(base + "/openapi?token=secret1#secret2")
    assert told.exit_code == 0, told.output
    kept = (folder / "spec/bobs-burgers/SOURCE.md").read_text()
    assert f" {base}/openapi, byte" in kept


def test_a_url_leads_nowhere_but_to_http() -> None:
    with served() as base:
        told = init(base + "/away")
    assert told.exit_code == 2
    assert "file:///etc/hostname" in told.output


@pytest.mark.parametrize("source", ["http://127.0.0.1:1/x", "missing.json", "http://", "."])
def test_what_can_not_be_had_is_said(source: str) -> None:
    told = init(source)
    assert told.exit_code == 2
    assert "NEW001" in told.output


def test_what_is_no_openapi_leaves_nothing(folder: Path) -> None:
    Path("other.yaml").write_text("a: 1\n")
    told = init("other.yaml")
    assert told.exit_code == 1
    assert "other.yaml:1:1 error[DOC005]" in told.output
    assert [path.name for path in folder.iterdir()] == ["other.yaml"]


def test_a_folder_that_is_there_stays_as_it_is(folder: Path) -> None:
    (folder / "spec/bobs-burgers").mkdir(parents=True)
    told = init(document())
    assert told.exit_code == 2
    assert "--name" in told.output
    assert not list((folder / "spec/bobs-burgers").iterdir())


@pytest.mark.parametrize(
    ("title", "made", "package"),
    [
        ("../../etc", "etc", "etc"),
        ("JSON API", "json", "json_client"),
        ("класс", "burgers", "burgers"),
        ("2 fast", "burgers", "burgers"),
        ("Client", "client", "client"),
        ('"\n[operations]\ntags=["x"]', "operations-tags-x", "operations_tags_x"),
    ],
)
def test_any_title_gives_names_that_can_be_used(
    folder: Path, title: str, made: str, package: str
) -> None:
    assert init(document(title)).exit_code == 0
    assert [path.name for path in (folder / "spec").iterdir()] == [made]
    assert f'package = "{package}"' in (folder / "spec" / made / "specloom.toml").read_text()


@pytest.mark.parametrize("name", ["2go", "日本", ""])
def test_a_name_that_can_not_be_one_is_refused(folder: Path, name: str) -> None:
    told = init(document(), "--name", name)
    assert told.exit_code == 2
    assert "--name" in told.output
    assert not (folder / "spec").exists()
