"""Where specloom's own templates are, and what a folder of templates holds."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def templates_folder() -> Path:
    """The folder in the wheel, or beside the generator in a checkout."""
    packed = Path(str(files("specloom"))) / "_templates"
    return packed if packed.is_dir() else Path(__file__).parents[3] / "templates"


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder, also those behind links to other folders, where Jinja finds them."""
    for here, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not _leads_back(Path(here, name), folder)]
        yield from (file for name in names if (file := Path(here, name)).is_file())


def _leads_back(place: Path, folder: Path) -> bool:
    """Whether a folder is one on the way to it, which would go on without end."""
    way = (parent for parent in place.parents if parent.is_relative_to(folder))
    return any(place.samefile(parent) for parent in way)
