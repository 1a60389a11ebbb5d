"""The order of the stages: the only file that knows it.

lint: load → bundle → lift → overlay → judge → mend what is not valid → lint
a difference: as lint, for both documents → diff
contract tests: load → bundle → lift → overlay → validate
a client: load → bundle → lift → overlay → skip → mend → normalize → select → translate →
models + render → format → write

Without an overlay, the document is judged before it is lifted, as the version that it is; lint does
so with an overlay, too. What a client is made from is mended where others are refused as invalid.

The stages after bundle are imported where they run: they are heavy, and what was generated already
from the same needs none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specloom.bundle import bundle
from specloom.diagnostics import Collector, HaltedError, Severity
from specloom.document.load import Document, load
from specloom.document.walk import operations_of, path_items

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.config import Config
    from specloom.diff.difference import Difference
    from specloom.emit.client_calls import Sent
    from specloom.emit.unchanged import Summary
    from specloom.emit.write import Changes
    from specloom.ir import Package, Surface


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


def effective(config: Config, collector: Collector) -> Document:
    """The upstream document lifted to OpenAPI 3.2, with its corrections, found valid."""
    from specloom.document.validate import validate  # noqa: PLC0415
    from specloom.document.version import version_of  # noqa: PLC0415
    from specloom.lint import specified  # noqa: PLC0415

    document = _loaded(config, collector)
    version_of(document, collector)
    overlay = _overlay(config, collector)
    if overlay:
        document = _corrected(_lifted(document), overlay, collector)
        validate(document, collector)
    else:
        validate(document, collector)
        document = _lifted(document)
    specified.check(document, collector)
    return document


def _lifted(document: Document) -> Document:
    from specloom.document.lift import lift_document  # noqa: PLC0415

    return lift_document(document)


def mended(config: Config, collector: Collector) -> Document:
    """The effective document as a client is made from it: mended where it is not valid."""
    document = _loaded(config, collector, Severity.WARNING)
    return _mended(document, _overlay(config, collector), config, collector)


def _mended(
    document: Document, overlay: Document | None, config: Config, collector: Collector
) -> Document:
    from specloom.document.skip import skip  # noqa: PLC0415
    from specloom.mend import mend  # noqa: PLC0415
    from specloom.mend.version import settle  # noqa: PLC0415

    settle(document, collector)
    document = _lifted(document)
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


def linted_upstream(config: Config, collector: Collector, *, slow: bool = False) -> Document:
    """The lifted upstream document, with what lint finds in the collector.

    What specloom.toml accepts is about the corrected document, and is left aside.
    """
    accepting_all = replace(config, lint=replace(config.lint, suppress=()))
    return _linted(accepting_all, None, collector, slow=slow)


def linted(config: Config, collector: Collector, *, slow: bool = False) -> Document:
    """The effective document, with what lint finds in the collector.

    With `slow`, openapi-spec-validator itself judges it, too. Raises HaltedError if nobody can
    read it.
    """
    return _linted(config, _overlay(config, collector), collector, slow=slow)


def _linted(
    config: Config, overlay: Document | None, collector: Collector, *, slow: bool
) -> Document:
    from specloom import lint, sound  # noqa: PLC0415

    loaded = _settled(config, collector)
    corrected = None
    if overlay:
        from specloom.document.overlay import apply  # noqa: PLC0415

        # What is wrong with a correction is told, and hides nothing else.
        effective = apply(_lifted(loaded), overlay, collector)
        upstream = loaded, apply(loaded, overlay, Collector())
        judged, both = sound.judged_with_corrections(upstream, effective, collector, slow=slow)
        document = judged.document
        written, corrected = both or (document, None)
    else:
        judged = sound.judged(loaded, collector, slow=slow)
        written, document = judged.document, _lifted(judged.document)
    lint.run(written, document, config, collector, corrected=corrected, place_of=judged.written)
    return document


def _settled(config: Config, collector: Collector) -> Document:
    """The document with all that it refers to, of a version that is known."""
    from specloom import sound  # noqa: PLC0415

    loaded = load(config.folder / config.document.upstream, collector)
    loaded = sound.bundled(loaded, config.document.remote, collector)
    sound.settle(loaded, collector)
    return loaded


def difference(old: Config, new: Config, collector: Collector) -> Difference:
    """What changed from one project's effective document to another's, and in their clients.

    What is not valid is told, and mended. Raises HaltedError if nobody can read one of them.
    """
    from specloom import diff  # noqa: PLC0415
    from specloom.diff import difference as stage  # noqa: PLC0415

    before, after = _compared(old, collector), _compared(new, collector)
    wire = diff.changes(before, after)
    try:
        surfaces = _surfaces((old, before), (new, after))
    except HaltedError:
        surfaces = None
    return stage.difference(before, after, wire, surfaces, old.client.version)


def _compared(config: Config, collector: Collector) -> Document:
    """The effective document, mended where it is not valid."""
    from specloom import sound  # noqa: PLC0415

    document = _lifted(_settled(config, collector))
    overlay = _overlay(config, collector)
    if overlay:
        document = _corrected(document, overlay, collector)
    return sound.judged(document, collector).document


def _surfaces(
    old: tuple[Config, Document], new: tuple[Config, Document]
) -> tuple[Surface, Surface]:
    """What programs hold on to of the clients of both. Raises HaltedError if one can't be made."""
    from specloom.diff.slices import slices  # noqa: PLC0415

    (was, before), (now, after) = old, new
    # What is chosen or left out is told from the whole document.
    if any(config.operations.chooses or config.operations.skip for config in (was, now)):
        return client_surface(was, Collector()), client_surface(now, Collector())
    ours, theirs = slices(before.tree, after.tree)
    return (
        _surface(replace(before, tree=ours), was),
        _surface(replace(after, tree=theirs), now),
    )


def _surface(document: Document, config: Config) -> Surface:
    """Of a client of a part of an effective document."""
    from specloom.translate import translate  # noqa: PLC0415
    from specloom.translate.surface import surface  # noqa: PLC0415

    normal, collector = _normalized(document), Collector()
    package = translate(normal, config.client, collector)
    collector.halt_on_errors()
    return surface(package, normal)


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


def client_surface(config: Config, collector: Collector) -> Surface:
    """All that programs may hold on to of the client, for comparing two of them.

    Raises HaltedError if a client can't be made.
    """
    from specloom.translate.surface import surface  # noqa: PLC0415

    package, normal = client_package(config, collector)
    return surface(package, normal)


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
