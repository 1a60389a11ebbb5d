"""The order of the stages: the only file that knows it.

load → validate → lift → overlay → validate → lint → normalize → select → translate →
models + render → format → write

The stages after lint are imported where they run: they are heavy, and lint needs none of them.
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
from specloom.document.walk import operations_of, path_items

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.config import Config
    from specloom.diagnostics import Collector
    from specloom.emit.client_calls import Sent
    from specloom.emit.write import Changes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a generation came to, and what it changed or would change."""

    operations: int
    operations_in_document: int
    widened: int
    """How often the client offers less than the document says."""
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
    normal = _normalized(effective(config, collector))
    _select(normal, config, collector)
    return normal


def client_calls(config: Config, collector: Collector) -> Callable[[Sent], str | None]:
    """What writes a request as a call of the generated client.

    Raises HaltedError if a client can't be made.
    """
    from specloom.emit import client_calls as calls  # noqa: PLC0415
    from specloom.translate import translate  # noqa: PLC0415

    normal = normalized(config, collector)
    package = translate(normal, config.client, collector)
    collector.halt_on_errors()
    return calls.client_calls(package, normal.tree)


def generate(
    config: Config, collector: Collector, *, check: bool, progress: Callable[[str], None]
) -> Outcome:
    """Generate the client; with `check`, only find which files are stale.

    Raises HaltedError, with nothing written, if the document is at fault or can't be written.
    """
    from specloom.emit import write  # noqa: PLC0415
    from specloom.emit.distribution import texts_of  # noqa: PLC0415
    from specloom.translate import translate  # noqa: PLC0415
    from specloom.translate.rules import WIDENED  # noqa: PLC0415

    progress("reading")
    document = effective(config, collector)
    # Only what a client can't be made from stops it; `lint` tells the rest (decision 0008).
    lint.run_for_client(document, collector)
    collector.halt_on_errors()
    progress("normalizing and translating")
    normal = _normalized(document)
    total = _count_operations(normal)
    _select(normal, config, collector)
    package = translate(normal, config.client, collector)
    collector.halt_on_errors()
    progress("making models and methods")
    with write.reporting_os_errors(config.output, collector):
        texts = texts_of(package, normal.tree)
    if check:
        changes = write.changes(config.output, texts, collector)
    else:
        progress("writing")
        changes = write.write(config.output, texts, collector)
    widened = sum(found.rule is WIDENED for found in collector.diagnostics)
    return Outcome(len(package.operation_ids), total, widened, changes)


def _normalized(document: Document) -> Document:
    from specloom.normalize import normalize  # noqa: PLC0415

    return normalize(document)


def _select(normal: Document, config: Config, collector: Collector) -> None:
    """Leave the chosen operations, once no path item refers elsewhere for them."""
    select(normal, config.operations, Location(str(config.folder / FILE_NAME)), collector)


def _count_operations(normal: Document) -> int:
    """How many operations a client could have: those under `paths`, no callbacks or webhooks."""
    return sum(1 for item in path_items(normal.tree) for _ in operations_of(item))
