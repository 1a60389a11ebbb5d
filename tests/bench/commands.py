"""specloom's commands on the flagship, as whole processes: beside those of the tools within."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Figure, Row, Scale, Work, compare
from tests.bench.process import CLIENT, ROOT, cpu_of_process, installed

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPEC = ROOT / "spec/completion"


def figures(scale: Scale) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield _generate(Path(folder), scale)
    yield _lint(scale)
    yield _diff(scale)


def _generate(folder: Path, scale: Scale) -> Figure:
    """Compare with the models alone, by the fastest of datamodel-code-generator's formatters."""
    components = folder / "components.json"
    components.write_text(json.dumps(_components()), encoding="utf-8")
    models = installed(
        "datamodel-codegen",
        *("--input", str(components), "--input-file-type", "openapi"),
        *("--output", str(folder / "models.py"), "--formatters", "builtin"),
        *("--output-model-type", "pydantic_v2.BaseModel", "--enum-field-as-literal", "all"),
    )
    return compare(
        Row("generate", "datamodel-codegen, models alone", 1.5),
        _generating(folder / "spec"),
        cpu_of_process(models),
        rounds=scale.command_rounds,
    )


def _lint(scale: Scale) -> Figure:
    return compare(
        Row("lint", "openapi-spec-validator", 1.3),
        cpu_of_process(installed("specloom", "lint", "--fail-on=never", str(_SPEC))),
        cpu_of_process(installed("openapi-spec-validator", str(_SPEC / "openapi.json"))),
        rounds=scale.command_rounds,
    )


def _diff(scale: Scale) -> Figure:
    """Compare the flagship's document with what became of it a year later."""
    documents = (str(_SPEC / "openapi.json"), str(ROOT / "tests/diff/successor/openapi.json"))
    return compare(
        Row("diff", "openapi-spec-validator", 1.3),
        cpu_of_process(installed("specloom", "diff", "--fail-on=never", *documents)),
        cpu_of_process(installed("openapi-spec-validator", documents[0])),
        rounds=scale.command_rounds,
    )


def _generating(spec: Path) -> Work:
    """Generate each time from nothing, into a folder beside a copy of the document."""
    shutil.copytree(_SPEC, spec)
    settings = spec / "specloom.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("../../generated/completion", "generated"), encoding="utf-8")
    command = cpu_of_process(installed("specloom", "generate", str(spec)))

    def generate() -> Iterator[float]:
        shutil.rmtree(spec / "generated", ignore_errors=True)
        return command()

    return generate


def _components() -> dict[str, object]:
    """The normalized components as a document of 3.1, which says a schema as 3.2 does."""
    normalized = json.loads((CLIENT / "openapi.json").read_text(encoding="utf-8"))
    return {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "0"},
        "paths": {},
        "components": {"schemas": normalized["components"]["schemas"]},
    }
