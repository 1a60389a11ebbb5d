"""The order of the stages: the only file that knows it.

lint and contract tests: load → bundle → validate → lift → overlay → validate → lint
a client: load → bundle → lift → overlay → skip → mend → normalize → select → translate →
models + render → format → write

What a client is made from is mended where others are refused as invalid.

The stages after bundle are imported where they run: they are heavy, and what was generated already
from the same needs none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specloom.bundle import bundle
from specloom.config import LintSettings
from specloom.diagnostics import Collector, HaltedError, Severity
from specloom.document.load import Document, load
from specloom.document.walk import operations_of, path_items

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.config import Config
    from specloom.emit.client_calls import Sent
    from specloom.emit.unchanged import Summary
    from specloom.emit.write import Changes
    from specloom.ir import Package


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a generation came to, and what it changed or would change."""

    operations: int
    operations_in_document: int
    widened: int
    """How often the client offers less than the document says."""
    changes: Changes
    untold: int = 0
    """The findings of a generation that is not made again, since it would come to the same."""


def upstream(config: Config, collector: Collector) -> Document:
    """The document as it was checked in, found valid."""
    document = _loaded(config, collector)
    _validate(document, collector)
    return document


def effective(config: Config, collector: Collector) -> Document:
    """The upstream document lifted to OpenAPI 3.2, with its corrections, found valid."""
    return _effective(upstream(config, collector), config, collector)


def _lifted(document: Document) -> Document:
    from specloom.document.lift import lift  # noqa: PLC0415

    return replace(document, tree=lift(document.tree))


def _effective(written: Document, config: Config, collector: Collector) -> Document:
    document = _lifted(written)
    overlay = _overlay(config, collector)
    if overlay:
        document = _corrected(document, overlay, collector)
        _validate(document, collector)
    return document


def mended(config: Config, collector: Collector) -> Document:
    """The effective document as a client is made from it: mended where it is not valid."""
    document = _loaded(config, collector, Severity.WARNING)
    return _mended(document, _overlay(config, collector), config, collector)


def _mended(
    document: Document, overlay: Document | None, config: Config, collector: Collector
) -> Document:
    from specloom.document.lift import lift  # noqa: PLC0415
    from specloom.document.skip import skip  # noqa: PLC0415
    from specloom.mend import mend  # noqa: PLC0415
    from specloom.mend.version import settle  # noqa: PLC0415

    settle(document, collector)
    document.tree = lift(document.tree)
    if overlay:
        document = _corrected(document, overlay, collector)
    skip(document, config.operations.skip, config.place, collector)
    mend(document, collector)
    return document


def _loaded(config: Config, collector: Collector, refusals: Severity = Severity.ERROR) -> Document:
    document = load(config.folder / config.document.upstream, collector)
    return bundle(document, config.document.remote, collector, refusals=refusals)


def _overlay(config: Config, collector: Collector) -> Document | None:
    name = config.document.overlay
    return load(config.folder / name, collector) if name else None


def _corrected(document: Document, overlay: Document, collector: Collector) -> Document:
    from specloom.document.overlay import apply  # noqa: PLC0415

    known = len(collector.errors)
    document = apply(document, overlay, collector)
    # What was found before may be about operations that are left out.
    if len(collector.errors) > known:
        raise HaltedError
    return document


def _validate(document: Document, collector: Collector) -> None:
    from specloom.document.validate import validate  # noqa: PLC0415

    validate(document, collector)


def linted_upstream(config: Config, collector: Collector) -> Document:
    """The lifted upstream document, with what lint finds in the collector.

    What specloom.toml accepts is about the corrected document, and is left aside.
    """
    from specloom import lint  # noqa: PLC0415

    written = upstream(config, collector)
    document = _lifted(written)
    lint.run(written, document, replace(config, lint=LintSettings()), collector)
    return document


def linted(config: Config, collector: Collector) -> Document:
    """The effective document, with what lint finds in the collector."""
    from specloom import lint  # noqa: PLC0415

    written = upstream(config, collector)
    document = _effective(written, config, collector)
    lint.run(written, document, config, collector)
    return document


def normalized(config: Config, collector: Collector) -> Document:
    """The effective document's chosen operations, in the form that a client is made from."""
    normal = _normalized(mended(config, collector))
    _select(normal, config, collector)
    return normal


def client_calls(config: Config, collector: Collector) -> Callable[[Sent], str | None]:
    """What writes a request as a call of the generated client.

    Raises HaltedError if a client can't be made.
    """
    from specloom.emit import client_calls as calls  # noqa: PLC0415

    package, normal = client_package(config, collector)
    return calls.client_calls(package, normal.tree)


def client_package(config: Config, collector: Collector) -> tuple[Package, Document]:
    """The client in Python's terms, and the normalized document that it was made of.

    Raises HaltedError if a client can't be made.
    """
    from specloom.translate import translate  # noqa: PLC0415

    normal = normalized(config, collector)
    package = translate(normal, config.client, collector)
    collector.halt_on_errors()
    return package, normal


def generate(
    config: Config,
    collector: Collector,
    *,
    check: bool,
    templates: Path | None,
    progress: Callable[[str], None],
) -> Outcome:
    """Generate the client; with `check`, only find which files are stale.

    `templates` is a folder of those that take the place of specloom's.

    Raises HaltedError, with nothing written, if the document is at fault or can't be written.
    """
    from specloom.emit import inputs, unchanged, write  # noqa: PLC0415

    progress("reading")
    # What may not be read is mended as what leads to nothing is.
    document = _loaded(config, collector, Severity.WARNING)
    overlay = _overlay(config, collector)
    trees = [document.tree, overlay.tree if overlay else None]
    made_from = inputs.digest(config, trees, templates)
    last = unchanged.recall(config.output, made_from)
    if last:
        return _outcome(last, write.Changes((), ()), untold=last.warnings)
    document = _mended(document, overlay, config, collector)
    summary, texts = _texts(document, config, collector, templates, progress)
    if not check:
        progress("writing")
    bring = write.changes if check else write.write
    changes = bring(config.output, texts, collector)
    if not (check and changes):
        unchanged.remember(config.output, made_from, summary, texts)
    return _outcome(summary, changes)


def _outcome(came_to: Summary, changes: Changes, *, untold: int = 0) -> Outcome:
    total = came_to.operations_in_document
    return Outcome(came_to.operations, total, came_to.widened, changes, untold)


def _texts(
    document: Document,
    config: Config,
    collector: Collector,
    templates: Path | None,
    progress: Callable[[str], None],
) -> tuple[Summary, dict[str, str]]:
    """What the client comes to, and its files."""
    from specloom import lint  # noqa: PLC0415
    from specloom.document.references import AMBIGUOUS  # noqa: PLC0415
    from specloom.emit import templates as project_templates  # noqa: PLC0415
    from specloom.emit import write  # noqa: PLC0415
    from specloom.emit.models.widened import ANY_MODEL  # noqa: PLC0415
    from specloom.emit.unchanged import Summary  # noqa: PLC0415
    from specloom.mend.rules import ANYTHING  # noqa: PLC0415
    from specloom.translate import translate  # noqa: PLC0415
    from specloom.translate.rules import WIDENED  # noqa: PLC0415

    if templates:
        project_templates.check_overrides(templates, collector)
    # Only what a client can't be made from stops it; `lint` tells the rest (decision 0008).
    lint.run_for_client(document, collector)
    collector.halt_on_errors()
    progress("normalizing and translating")
    normal = _normalized(document)
    total = _count_operations(normal) + len(config.operations.skip)
    _select(normal, config, collector)
    package = translate(normal, config.client, collector)
    collector.halt_on_errors()
    progress("making models and methods")
    with (
        write.reporting_os_errors(config.output, collector),
        project_templates.reporting_errors(templates, collector),
    ):
        texts = _files(package, normal, config, collector, templates)
    rules = {WIDENED, ANYTHING, ANY_MODEL, AMBIGUOUS}
    widened = sum(found.rule in rules for found in collector.diagnostics)
    told = len(collector.diagnostics)
    return Summary(len(package.operation_ids), total, widened, told), texts


def _files(
    package: Package,
    normal: Document,
    config: Config,
    collector: Collector,
    templates: Path | None,
) -> dict[str, str]:
    """The client's files; where no model can be made of a schema, as if it said nothing."""
    from specloom.emit.distribution import texts_of  # noqa: PLC0415
    from specloom.emit.models import UnmadeError  # noqa: PLC0415
    from specloom.emit.models.widened import widen  # noqa: PLC0415
    from specloom.translate import translate  # noqa: PLC0415

    try:
        return texts_of(package, normal.tree, templates)
    except UnmadeError as unmade:
        widen(normal, unmade.components, collector)
    # What is to be said of the rest was said when it was first translated.
    simpler = translate(normal, config.client, Collector())
    return _files(simpler, normal, config, collector, templates)


def _normalized(document: Document) -> Document:
    from specloom.normalize import normalize  # noqa: PLC0415

    return normalize(document)


def _select(normal: Document, config: Config, collector: Collector) -> None:
    """Leave the chosen operations, once no path item refers elsewhere for them."""
    from specloom.document.select import select  # noqa: PLC0415

    select(normal, config.operations, config.place, collector)


def _count_operations(normal: Document) -> int:
    """How many operations a client could have: those under `paths`, no callbacks or webhooks."""
    return sum(1 for item in path_items(normal.tree) for _ in operations_of(item))
