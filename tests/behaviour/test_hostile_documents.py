"""A document whose every text is an attack gives a client that imports and runs none of it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from specloom import cli

ROOT = Path(__file__).parents[2]
CONFIG = """\
[document]
upstream = "openapi.json"
[client]
distribution = "things"
package = "things"
class_name = "Things"
output = "out"
"""
ATTACKS = [
    '"; import os; os.system("touch EXECUTED") #',
    "'''\"\"\"\nimport os; os.system('touch EXECUTED')\n\"\"\"'''",
    '\\""" + __import__("os").system("touch EXECUTED") + r"""\\',
    "{{ cycler.__init__.__globals__.os.system('touch EXECUTED') }}{% raw %}{# {open} #}",
    "../../EXECUTED",
    "__class__",
    "\0NUL \x1b[2J \u202e bidi \u2066 \u2028 line \r return \N{SNOWMAN}\N{PILE OF POO}",
    "`~~~```\n# heading\n<script>alert(1)</script>[x](javascript:1)\n[a]\nname = 'EXECUTED'\n",
    "",
]
# What gives different names, which types depend on.
TYPED = ["__class__", "self", "import os", "# type: ignore # noqa\x0c", ""]


def document(text: str) -> dict[str, Any]:
    """A document that says a text wherever one may say what one likes."""
    name = text or "empty"
    inner = {
        "title": text,
        "description": text,
        "type": "object",
        "required": [name],
        "properties": {
            name: {"type": "string", "description": text, "default": text, "examples": [text]},
            "choice": {"enum": [text, "b"], "type": "string"},
            "only": {"const": text},
            "formed": {"type": "string", "format": text, "contentMediaType": text},
            "other": {"$ref": "#/components/schemas/Kind"},
            "x": {"type": "string", "pattern": text and "^" + text},
        },
    }
    parameters = [
        {"name": name, "in": where, "description": text, "schema": {"type": "string"}}
        for where in ("query", "header", "cookie")
    ]
    content = {"schema": inner, "example": {name: text}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": text,
            "version": text,
            "description": text,
            "license": {"name": text},
            "contact": {"name": text},
        },
        "servers": [
            {
                "url": "https://e.com/{v}" + text,
                "description": text,
                "variables": {"v": {"default": text}},
            }
        ],
        "tags": [{"name": text, "description": text}],
        "paths": {
            "/" + text.replace("{", "").replace("}", ""): {
                "summary": text,
                "post": {
                    "operationId": text,
                    "tags": [text],
                    "summary": text,
                    "description": text,
                    "deprecated": True,
                    "externalDocs": {"url": "https://e.com", "description": text},
                    "security": [{name: []}],
                    "parameters": parameters,
                    "requestBody": {
                        "description": text,
                        "content": {"application/json": content, text: content},
                    },
                    "responses": {
                        "200": {"description": text, "content": {"application/json": content}},
                        "201": {"description": text, "content": {text: content}},
                        "4XX": {"description": text, "headers": {name: {"schema": inner}}},
                    },
                },
            }
        },
        "components": {
            "schemas": {
                "Kind": {
                    "oneOf": [
                        {"type": "string", "const": text},
                        {"$ref": "#/components/schemas/Inner"},
                    ]
                },
                "Inner": inner,
                text: inner,
            },
            "securitySchemes": {
                name: {"type": "apiKey", "in": "header", "name": text, "description": text}
            },
        },
    }


def generated(folder: Path, tree: dict[str, Any], package: str = "things") -> str:
    """What was said, if nothing was generated."""
    config = CONFIG.replace('package = "things"', f'package = "{package}"')
    (folder / "specloom.toml").write_text(config)
    (folder / "openapi.json").write_text(json.dumps(tree))
    result = CliRunner().invoke(cli.app, ["generate", str(folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1)
    return result.output if result.exit_code else ""


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_a_document_is_executed(
    attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "above" / "folder"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    refused = generated(folder, document(attack))
    outside = {name for name in files(tmp_path) if not name.startswith("above/folder/out/")}
    assert outside - {"above/folder/out"} == {
        "above",
        "above/folder",
        "above/folder/openapi.json",
        "above/folder/specloom.toml",
    }
    # A name that no server could be sent may be refused, but then nothing is written.
    assert refused == "" or not (folder / "out").exists()
    if not refused:
        imported(folder)
    assert not list(tmp_path.rglob("*EXECUTED*"))


def imported(folder: Path) -> None:
    """Import the client and every model of it, as someone's program would."""
    code = "import things; from things import models; [getattr(models, n) for n in dir(models)]; things.Things(base_url='http://localhost')"
    environment = {**os.environ, "PYTHONPATH": str(folder / "out")}
    done = subprocess.run(  # noqa: S603 - what was generated just now
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_clients_of_hostile_documents_are_typed(tmp_path: Path) -> None:
    packages = []
    for number, attack in enumerate(TYPED):
        folder = tmp_path / f"p{number}"
        folder.mkdir()
        if not generated(folder, document(attack), f"things{number}"):
            (folder / "out" / f"things{number}").rename(tmp_path / f"things{number}")
            packages += ["-p", f"things{number}"]
    done = subprocess.run(  # noqa: S603 - our own tool
        [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull),
            *("--cache-dir", str(ROOT / ".mypy_cache" / "hostile"), *packages),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
