"""Bad input ends with a diagnostic at its place, the right exit status, and nothing written."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from specloom import cli

CONFIG = """\
[document]
upstream = "openapi.json"

[client]
distribution = "things"
package = "things"
class_name = "Things"
output = "out"
"""
OVERLAID = CONFIG.replace('json"\n', 'json"\noverlay = "overlay.yaml"\n', 1)
SKIPPING = CONFIG + '[[operations.skip]]\noperation = "GET /gone"\nreason = "why"\n'
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1.0.0"},
    "paths": {
        "/things": {
            "get": {
                "operationId": "listThings",
                "responses": {"200": {"description": "a"}, "404": {"description": "b"}},
            }
        }
    },
}
OVERLAY = "overlay: 1.1.0\ninfo: {title: Corrections, version: 1.0.0}\nactions:\n"


def document(**fields: Any) -> str:
    return json.dumps({**DOCUMENT, **fields}, indent=2)


BAD: dict[str, tuple[dict[str, str | bytes], int, str, str]] = {
    # What is wrong: the files, the exit status, the code and its place
    "not JSON": ({"openapi.json": '{\n  "openapi": }'}, 1, "DOC003", "openapi.json:2:14"),
    "not YAML": ({"openapi.json": "openapi: 3.1.0"}, 1, "DOC003", "openapi.json:1:1"),
    "0 bytes": ({"openapi.json": ""}, 1, "DOC002", "openapi.json:1:1"),
    "white space": ({"openapi.json": " \n\n"}, 1, "DOC002", "openapi.json:1:1"),
    "a list": ({"openapi.json": "[1]"}, 1, "DOC004", "openapi.json:1:1"),
    "too deep": ({"openapi.json": "[" * 500 + "]" * 500}, 1, "DOC003", "openapi.json:1:1"),
    "path given twice": (
        {"openapi.json": '{"paths": {\n"/a": {},\n"/a": {}}}'},
        1,
        "DOC003",
        "openapi.json:3:1",
    ),
    "not OpenAPI": ({"openapi.json": '{"hello": 1}'}, 1, "DOC005", "openapi.json:1:1"),
    "Swagger 2.0": (
        {"openapi.json": '{\n  "info": {},\n  "swagger": "2.0"\n}'},
        1,
        "DOC006",
        "openapi.json:3:3",
    ),
    "beyond mending": (
        {"openapi.json": document(paths={"/things": []})},
        1,
        "DOC043",
        "openapi.json:8:5",
    ),
    "overlay target without match": (
        {"specloom.toml": OVERLAID, "overlay.yaml": OVERLAY + "- {target: $.no, remove: true}\n"},
        1,
        "OVL003",
        "overlay.yaml:4:4",
    ),
    "overlay that makes it unreadable": (
        {
            "specloom.toml": OVERLAID,
            "overlay.yaml": OVERLAY + "- {target: '$.paths.*', update: {post: 5}}\n",
        },
        1,
        "DOC043",
        "overlay.yaml:4:34",
    ),
    "no overlay": ({"specloom.toml": OVERLAID}, 2, "DOC001", "overlay.yaml:1:1"),
    "overlay with a tag of Python's": (
        {"specloom.toml": OVERLAID, "overlay.yaml": OVERLAY + "- !!timestamp 2025-01-01\n"},
        1,
        "DOC003",
        "overlay.yaml:4:3",
    ),
    "overlay with NUL in its name": (
        {"specloom.toml": OVERLAID.replace("overlay.yaml", "over\\u0000lay.yaml")},
        2,
        "DOC001",
        "overlay.yaml:1:1",
    ),
    "not UTF-8": ({"openapi.json": b'{"a": "\xff"}'}, 2, "DOC001", "openapi.json:1:1"),
    "bad settings": ({"specloom.toml": CONFIG + "colour = 1\n"}, 2, "CFG002", "specloom.toml:9:1"),
    "settings not TOML": ({"specloom.toml": "[client\n"}, 2, "CFG002", "specloom.toml:1:8"),
    "class called as the runtime's": (
        {"specloom.toml": CONFIG.replace('"Things"', '"AsyncClient"')},
        2,
        "CFG002",
        "specloom.toml:7:1",
    ),
    "suppression without reason": (
        {
            "specloom.toml": CONFIG
            + '[[lint.suppress]]\ncode = "OAS404"\npointer = "/paths"\nreason = " "\n'
        },
        2,
        "CFG002",
        "specloom.toml:12:1",
    ),
    "operation to skip that is not there": (
        {"specloom.toml": SKIPPING},
        1,
        "DOC031",
        "specloom.toml:9:1",
    ),
    "skip without reason": (
        {"specloom.toml": SKIPPING.replace("why", " ")},
        2,
        "CFG002",
        "specloom.toml:11:1",
    ),
    "output below a file": (
        {"specloom.toml": CONFIG.replace('"out"', '"openapi.json/out"')},
        2,
        "OUT001",
        "openapi.json/out:1:1",
    ),
}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def generate(folder: Path) -> tuple[int, str]:
    """The exit status, and what was said on stderr."""
    result = CliRunner().invoke(cli.app, ["generate", str(folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr


@pytest.mark.parametrize("case", BAD)
def test_bad_input(case: str, tmp_path: Path) -> None:
    files, status, code, place = BAD[case]
    for name, content in {"specloom.toml": CONFIG, "openapi.json": document(), **files}.items():
        encoded = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(encoded)
    before = snapshot(tmp_path)
    found_status, said = generate(tmp_path)
    assert (status, before) == (found_status, snapshot(tmp_path))
    assert re.search(rf"{re.escape(place)} error\[{code}\]", said), said


def test_missing_folder(tmp_path: Path) -> None:
    status, said = generate(tmp_path / "none")
    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert "error[CFG001]" in said


def test_folder_without_settings(tmp_path: Path) -> None:
    status, said = generate(tmp_path)
    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert "error[CFG001]" in said


@pytest.mark.parametrize("replacement", ["nothing", "folder"])
def test_document_that_can_not_be_read(tmp_path: Path, replacement: str) -> None:
    (tmp_path / "specloom.toml").write_text(CONFIG)
    if replacement == "folder":
        (tmp_path / "openapi.json").mkdir()
    status, said = generate(tmp_path)
    assert (status, (tmp_path / "out").exists()) == (2, False)
    assert "openapi.json:1:1 error[DOC001]" in said
