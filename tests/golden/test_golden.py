"""One feature to a document: its package is generated as committed, imports and type-checks."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from specloom.emit.write import MANIFEST
from specloom.translate.models import models
from tests.golden.update import FEATURES, HERE, assemble, generate, texts

if TYPE_CHECKING:
    from pathlib import Path

CHECK_IMPORTS = """
import importlib, pkgutil, sys
import pydantic

for name in sys.argv[1:]:
    package = importlib.import_module(name)
    read = {module for module in sys.modules if module.startswith(name + ".")}
    assert not [module for module in read if ".resources" in module], read
    if name == sys.argv[1]:
        assert {"asyncio", "pydantic.main"}.isdisjoint(sys.modules)
    assert package.models.__name__ == name + ".models"
    errors = {key for key in vars(package._runtime.errors) if key.endswith("Error")}
    assert errors - {*vars(package)} == {"HTTPError"}, errors
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
    for model in vars(package.models).values():
        if isinstance(model, type) and issubclass(model, pydantic.BaseModel):
            model.model_rebuild()
"""

NAMES_OF_FIELDS = """
import importlib, json, sys
import pydantic

print(json.dumps({
    name: {
        model.__name__: {
            key if info.alias is None else info.alias: key
            for key, info in model.model_fields.items()
        }
        for model in vars(importlib.import_module(name).models).values()
        if isinstance(model, type)
        and issubclass(model, pydantic.BaseModel)
        and model.__module__ == name + ".models"
    }
    for name in sys.argv[1:]
}))
"""


@pytest.fixture(scope="module")
def assembled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds every committed package with its runtime."""
    folder = tmp_path_factory.mktemp("golden")
    for feature in FEATURES:
        assemble(feature, folder)
    return folder


def run_python(folder: Path, program: str) -> str:
    """What a program prints in an interpreter of its own, warnings being errors."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error", "-c", program, *FEATURES],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("feature", FEATURES)
def test_what_is_committed_is_what_is_generated(feature: str, tmp_path: Path) -> None:
    generate(feature, tmp_path)
    assert texts(HERE / feature / "package") == texts(tmp_path), "run `make golden`"


@pytest.mark.parametrize(
    "twin", sorted(HERE.glob("*/openapi-3.0.yaml")), ids=lambda p: p.parent.name
)
def test_a_document_in_an_older_dialect_gives_the_same_package(twin: Path, tmp_path: Path) -> None:
    generate(twin.parent.name, tmp_path, twin.name)
    assert texts(twin.parent / "package") == texts(tmp_path)


def test_the_manifest_names_every_file(tmp_path: Path) -> None:
    generate("answers", tmp_path)
    on_disk = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    named = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert on_disk == {MANIFEST, *named}


def test_the_packages_import_without_a_warning(assembled: Path) -> None:
    run_python(assembled, CHECK_IMPORTS)


def test_the_fields_of_models_are_called_as_the_surface_says(assembled: Path) -> None:
    found = json.loads(run_python(assembled, NAMES_OF_FIELDS))
    expected = {
        feature: {
            model.class_name: dict(model.fields)
            for model in models(
                json.loads((HERE / feature / "package/openapi.json").read_text(encoding="utf-8"))
            )
            # What is no class, such as a union, has no fields of its own.
            if model.class_name in found[feature]
        }
        for feature in FEATURES
    }
    assert expected == found


@pytest.mark.slow
def test_the_packages_are_strictly_typed(assembled: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--no-incremental",
            "--cache-dir=/dev/null",
            ".",
        ],
        cwd=assembled,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
