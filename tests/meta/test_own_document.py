"""README's chapter on someone's own document, from `specloom init` to calls, as it stands there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from typer.testing import CliRunner

from specloom import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHAPTER = README.partition("\n## Your own document\n")[2].partition("\n## ")[0]
# What the chapter calls, described.
DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
security: [{key: []}]
paths:
  /pets/{id}:
    parameters: &id [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getPet, tags: [pets], responses: &pet {'200': {$ref: '#/components/responses/Pet'}}}
  /pets/{id}/photo:
    parameters: *id
    get: {operationId: getPhoto, tags: [pets], responses: {'200': {description: It, content: {image/png: {}}}}}
  /pets:
    post:
      operationId: addPet
      tags: [pets]
      requestBody:
        required: true
        content:
          application/json: &media {schema: {$ref: '#/components/schemas/Pet'}}
          application/x-www-form-urlencoded: *media
          application/octet-stream: {}
      responses: *pet
  /watch:
    get: {operationId: watchPets, tags: [pets], responses: {'200': {description: All, content: {text/event-stream: *media}}}}
components:
  responses: {Pet: {description: It, content: {application/json: *media}}}
  schemas: {Pet: {type: object, required: [name], properties: {name: {type: string}}}}
  securitySchemes: {key: {type: http, scheme: bearer}}
"""  # noqa: E501
ANSWERS = {
    "/openapi.json": ("application/json", json.dumps(yaml.safe_load(DOCUMENT)).encode()),
    "/watch": ("text/event-stream", b'data: {"name": "Ann"}\n\n'),
    "/pets/7/photo": ("image/png", b"\x89PNG"),
}


class Server(BaseHTTPRequestHandler):
    """Answers each path in one way."""

    def do_GET(self) -> None:
        """Answer as `ANSWERS` has it."""
        self.rfile.read(int(self.headers.get("content-length") or 0))
        kind, body = ANSWERS.get(self.path, ("application/json", b'{"name": "Rex"}'))
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the base class calls it so

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_from_someones_own_document_to_calls(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    shown = CHAPTER.replace("https://api.example.com", url)
    init, generate, *_ = re.findall(r"^specloom (.*?)(?: +#.*)?$", shown, re.MULTILINE)
    for line in (init, generate):
        told = CliRunner().invoke(cli.app, line.split())
        assert told.exit_code == 0, told.output
    (tmp_path / "rex.bin").write_bytes(b"rex")
    blocks = re.findall(r"^```py\n(.*?)^```", shown, re.MULTILINE | re.DOTALL)
    done = subprocess.run(  # noqa: S603 - our own README
        [sys.executable, "-c", "from pathlib import Path\n" + "".join(blocks)],
        env={"PYTHONPATH": str(tmp_path / "generated/example")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == "name='Rex'\nname='Ann'\n"
    assert (tmp_path / "7.png").read_bytes() == b"\x89PNG"
