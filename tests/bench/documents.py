"""lint and diff of github.json, 13 MB, as whole processes: beside openapi-spec-validator's API.

And of half of it beside the whole, since the cost is to grow as the document does.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.measure import Figure, LeftOut, Row, Scale, compare
from tests.bench.process import ROOT, cpu_of_process, installed, python
from tests.corpus.slices import sliced

if TYPE_CHECKING:
    from collections.abc import Iterator

_GITHUB = ROOT / "../shared/corpus/github.json"
_API = """
import json, sys
from openapi_spec_validator import OpenAPIV30SpecValidator
with open(sys.argv[1]) as file:
    assert not [*OpenAPIV30SpecValidator(json.load(file)).iter_errors()]
"""
_NAMES = ("lint of github.json", "diff of github.json", "lint of its half", "diff of its half")


def figures(scale: Scale) -> Iterator[Figure | LeftOut]:
    reason = "github.json is not here" if not _GITHUB.is_file() else "it takes minutes"
    if not (scale.document_rounds and _GITHUB.is_file()):
        yield from (LeftOut(name, reason) for name in _NAMES)
        return
    with tempfile.TemporaryDirectory() as name:
        yield from _figures(Path(name), scale)


def _figures(folder: Path, scale: Scale) -> Iterator[Figure]:
    tree = json.loads(_GITHUB.read_text(encoding="utf-8"))
    half = sliced(tree, 2)
    whole, part = _written(folder / "whole", tree), _written(folder / "half", half)
    share = part.stat().st_size / whole.stat().st_size
    api = cpu_of_process(python(_API, str(whole)))
    for command in (_lint, _diff):
        name = command.__name__[1:]
        work = cpu_of_process(command(whole))
        row = Row(f"{name} of github.json", "openapi-spec-validator's API", 0.4)
        yield compare(row, work, api, rounds=scale.document_rounds)
        # What a start costs is the same for both.
        row = Row(f"{name} of its half", f"of the whole, {share:.2f} of the bytes", share + 0.1)
        yield compare(row, cpu_of_process(command(part)), work, rounds=scale.document_rounds)


def _lint(document: Path) -> list[str]:
    return installed("specloom", "lint", "--fail-on=never", str(document))


def _diff(document: Path) -> list[str]:
    changed = str(document.with_name("changed.json"))
    return installed("specloom", "diff", "--fail-on=never", str(document), changed)


def _written(folder: Path, tree: dict[str, Any]) -> Path:
    """The document, and beside it what it may have become."""
    folder.mkdir()
    document = folder / "document.json"
    document.write_text(json.dumps(tree, indent=2), encoding="utf-8")
    changed = json.dumps(_changed(json.loads(document.read_text(encoding="utf-8"))), indent=2)
    (folder / "changed.json").write_text(changed, encoding="utf-8")
    return document


def _changed(tree: dict[str, Any]) -> dict[str, Any]:
    """The tree with a path less, and every 25th schema with a property more, none required."""
    del tree["paths"][sorted(tree["paths"])[10]]
    schemas = tree["components"]["schemas"]
    for name in sorted(schemas)[::25]:
        schemas[name].setdefault("properties", {})["brand_new"] = {"type": "string"}
        schemas[name].pop("required", None)
    return tree
