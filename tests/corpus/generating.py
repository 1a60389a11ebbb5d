"""A document into its client, in the process of a test: a second less than the command takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom import pipeline
from specloom.config import load_config
from specloom.diagnostics import Collector
from tests.corpus.measures.project import Project, project_of

if TYPE_CHECKING:
    from pathlib import Path


def generated_from(document: Path, folder: Path) -> Project:
    """Generate the client of a document, in this process."""
    project = project_of(document, folder)
    collector = Collector()
    config = load_config(project.folder / "spec", collector)
    pipeline.generate(config, collector, check=False, templates=None, progress=lambda _: None)
    return project
