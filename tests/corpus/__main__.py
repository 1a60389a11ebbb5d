"""Generates every document of a folder and proves it: a table, build/corpus.json, and a status.

Exits 1 if a document is not complete, 2 if there is nothing to try.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .measures.costs import costs
from .measures.process import ROOT
from .measures.project import project_of
from .measures.row import Row, measured
from .server.files import read
from .slices import slices
from .table import show

_DEFAULT = ROOT.parent / "shared" / "corpus"
TARGET = ROOT / "build" / "corpus.json"
_SUFFIXES = {".json", ".yaml", ".yml"}


def main() -> int:
    """Run what the command line asks for."""
    given = _arguments()
    folder = Path(given.folder) if given.folder else _DEFAULT
    if not folder.is_dir():
        _say(f"{folder} is no folder; give one with OpenAPI documents: make corpus CORPUS=DIR")
        return 2
    documents = [path for path in sorted(folder.iterdir()) if _is_document(path)]
    if given.only:
        documents = [path for path in documents if path.stem in given.only]
    if not documents:
        _say(f"{folder} has no OpenAPI document")
        return 2
    with tempfile.TemporaryDirectory(prefix="corpus-") as temporary:
        if given.slices:
            return slices(documents, Path(temporary))
        rows = [_row(document, Path(temporary), given.roundtrip) for document in documents]
    show(rows)
    imported, called = costs(ROOT / "generated/completion", "dify_completion", "DifyCompletion")
    print(f"The flagship: {imported} s CPU to import, {called} s with a first call")  # noqa: T201
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")
    return 0 if all(row.is_complete for row in rows) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folder", nargs="?", default="", help="where the documents are")
    parser.add_argument(
        "--roundtrip", type=int, help="call each operation with as many examples, about"
    )
    parser.add_argument("--only", action="append", help="a document's name without its suffix")
    parser.add_argument(
        "--slices", action="store_true", help="generate a quarter, a half, all of each"
    )
    return parser.parse_args()


def _row(document: Path, folder: Path, examples: int | None) -> Row:
    _say(f"{document.name} …")
    return measured(project_of(document, folder), examples)


def _is_document(path: Path) -> bool:
    reason = ""
    if path.is_dir():
        reason = "a folder"
    elif path.suffix.lower() not in _SUFFIXES:
        reason = "neither JSON nor YAML"
    else:
        try:
            tree: Any = read(path)
            if not (isinstance(tree, dict) and ("openapi" in tree or "swagger" in tree)):
                reason = "no OpenAPI document"
        except Exception as error:  # noqa: BLE001 (a file that can't be read is a row all the same)
            _say(f"{path.name} can't be read here: {type(error).__name__}")
    if reason:
        _say(f"{path.name} is skipped: it is {reason}")
    return not reason


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 (a command line prints)


if __name__ == "__main__":
    sys.exit(main())
