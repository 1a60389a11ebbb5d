"""The order of the stages: the only file that knows it.

load → validate → lift → overlay → validate → lint → normalize → translate → models + render →
format → write
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specloom import lint
from specloom.config import FILE_NAME, LintSettings
from specloom.diagnostics import Location
from specloom.document.lift import lift
from specloom.document.load import Document, load
from specloom.document.overlay import apply
from specloom.document.select import select
from specloom.document.validate import validate
from specloom.document.walk import walk
from specloom.emit import write
from specloom.normalize import normalize
from specloom.translate import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.config import Config
    from specloom.diagnostics import Collector
    from specloom.emit.write import Changes
    from specloom.ir import Package


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a generation came to, and what it changed or would change."""

    operations: int
    operations_in_document: int
    changes: Changes


def upstream(config: Config, collector: Collector) -> Document:
    """The document as it was checked in, found valid."""
    document = load(config.folder / config.document.upstream, collector)
    validate(document, collector)
    return document


def lifted(config: Config, collector: Collector) -> Document:
    """The upstream document in OpenAPI 3.2, without corrections."""
    document = upstream(config, collector)
    document.tree = lift(document.tree)
    return document


def effective(config: Config, collector: Collector) -> Document:
    """The upstream document lifted to OpenAPI 3.2, with its corrections, found valid."""
    document = lifted(config, collector)
    if config.document.overlay:
        overlay = load(config.folder / config.document.overlay, collector)
        document = apply(document, overlay, collector)
        collector.halt_on_errors()
        validate(document, collector)
    return document


def linted_upstream(config: Config, collector: Collector) -> Document:
    """The lifted upstream document, with what lint finds in the collector.

    What specloom.toml accepts is about the corrected document, and is left aside.
    """
    document = lifted(config, collector)
    lint.run(document, replace(config, lint=LintSettings()), collector)
    return document


def linted(config: Config, collector: Collector) -> Document:
    """The effective document, with what lint finds in the collector."""
    document = effective(config, collector)
    lint.run(document, config, collector)
    return document


def normalized(config: Config, collector: Collector) -> Document:
    """The effective document's chosen operations, in the form that a client is made from."""
    return _normalized(effective(config, collector), config, collector)


def generate(
    config: Config, collector: Collector, *, check: bool, progress: Callable[[str], None]
) -> Outcome:
    """Generate the client; with `check`, only find which files are stale.

    Raises HaltedError, with nothing written, if the document is at fault or can't be written.
    """
    from specloom.emit.distribution import texts_of  # noqa: PLC0415 - heavy, only needed here

    progress("reading and linting")
    document = linted(config, collector)
    collector.halt_on_errors()
    total = _count_operations(document)
    progress("normalizing and translating")
    normal = _normalized(document, config, collector)
    package = translate(normal.tree, config.client)
    progress("making models and methods")
    texts = texts_of(package, normal.tree)
    if check:
        changes = write.changes(config.output, texts)
    else:
        progress("writing")
        changes = write.write(config.output, texts, collector)
    return Outcome(_count_methods(package), total, changes)


def _normalized(document: Document, config: Config, collector: Collector) -> Document:
    place = Location(str(config.folder / FILE_NAME))
    select(document, config.operations, place, collector)
    return normalize(document)


def _count_operations(document: Document) -> int:
    paths = {"paths": document.tree.get("paths", {})}
    return sum(node.kind == "operation" for node in walk(paths))


def _count_methods(package: Package) -> int:
    return len(package.operation_ids)
