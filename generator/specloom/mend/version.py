"""`openapi: 3.1`, as a number or with no third part, into the version that it means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.document.version import version_of

from .rules import MENDED

if TYPE_CHECKING:
    from specloom.diagnostics import Collector
    from specloom.document.load import Document


def settle(document: Document, collector: Collector) -> None:
    """Write the version whole. Raises HaltedError if it is none that this program reads."""
    version = document.tree.get("openapi")
    if isinstance(version, str | float) and re.fullmatch(r"3\.[012]", str(version)):
        whole = f"{version}.0"
        message = f"{version!r} is no whole version: taken as {whole!r}"
        collector.add(MENDED, message, document.locate("/openapi"))
        document.tree["openapi"] = whole
    version_of(document, collector)
