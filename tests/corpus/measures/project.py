"""A document alone into the smallest project that generates it."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .process import Ran, installed, run

if TYPE_CHECKING:
    from pathlib import Path

CLASS = "Corpus"
_SECONDS = 900


@dataclass(frozen=True)
class Project:
    """A folder with a document and its settings, and where the client of it goes."""

    document: Path
    folder: Path
    name: str

    @property
    def package(self) -> str:
        """The name of the generated package."""
        return f"c_{self.name}"

    @property
    def output(self) -> Path:
        """The generated folder."""
        return self.folder / "output"

    def generate(self) -> Ran:
        """Generate the client."""
        command = installed("specloom", "generate", str(self.folder / "spec"))
        return run(command, self.folder, seconds=_SECONDS)


def project_of(document: Path, folder: Path) -> Project:
    """Make the project of a document; files that it may refer to are there as well."""
    name = re.sub(r"[^a-z0-9]+", "_", document.stem.lower()).strip("_") or "document"
    project = Project(document, folder / name, name)
    spec = project.folder / "spec"
    shutil.copytree(
        document.parent, spec, ignore=lambda where, names: _others(document, where, names)
    )
    distribution = project.package.replace("_", "-")
    (spec / "specloom.toml").write_text(
        f'[document]\nupstream = "{document.name}"\n\n[client]\ndistribution = "{distribution}"\n'
        f'package = "{project.package}"\nclass_name = "{CLASS}"\noutput = "../output"\n'
    )
    return project


def _others(document: Path, where: str, names: list[str]) -> list[str]:
    """What isn't copied: the other documents beside one, unless it names them."""
    if not os.path.samefile(where, document.parent):  # noqa: PTH121 (a text is what copytree gives)
        return []
    text = document.read_text("utf-8", "replace")
    return [name for name in names if name != document.name and name not in text]
