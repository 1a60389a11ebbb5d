"""All that decides what is generated into one digest: the same digest, the same output.

The documents count by what they say, so neither spaces nor the order of keys matter; specloom
counts by its files, so that a developer's edit does; what shapes the output counts by its version.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .own_templates import files_below, templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.config import Config

_SHAPING: Final = (
    "datamodel-code-generator",
    "jinja2",
    "jsonschema-rs",
    "openapi-schema-validator",
    "openapi-spec-validator",
    "pydantic",
    "pydantic-core",
    "python-jsonpath",
    "ruff",
)


def digest(config: Config, trees: list[Any], overrides: Path | None) -> str:
    """The digest for what specloom.toml says, the documents, and templates of the project's."""
    found = hashlib.sha256()
    for part in _parts(config, trees, overrides):
        text = json.dumps(part, sort_keys=True, default=str).encode()
        found.update(b"%d:" % len(text) + text)
    return found.hexdigest()


def _parts(config: Config, trees: list[Any], overrides: Path | None) -> Iterator[Any]:
    settings = asdict(config)
    del settings["folder"]
    yield settings
    yield from trees
    yield [*sys.version_info[:2], *(version(name) for name in _SHAPING)]
    yield _contents(Path(str(files("specloom"))))
    yield _contents(templates_folder())
    yield _contents(overrides) if overrides else None


def _contents(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder, by its path; what Python compiled is none of its own."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files_below(folder)
        if file.suffix != ".pyc"
    }
