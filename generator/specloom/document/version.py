"""A document into the version of OpenAPI that it is written in, if this program reads that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.diagnostics import Collector, Rule

if TYPE_CHECKING:
    from .load import Document

NOT_OPENAPI = Rule(
    "DOC005",
    "not-openapi",
    "the document is not OpenAPI 3",
    "An OpenAPI document says its version in `openapi`. This program reads 3.0, 3.1 and 3.2.",
)
SWAGGER = Rule(
    "DOC006",
    "swagger-2",
    "the document is Swagger 2.0",
    "Swagger 2.0 differs from OpenAPI 3 in structure. Convert the document first; many free "
    "converters do it well.",
)


def version_of(document: Document, collector: Collector) -> str:
    """`3.0`, `3.1` or `3.2`. Raises HaltedError if it is none of them."""
    if "swagger" in document.tree:
        collector.halt(
            SWAGGER,
            f"this is Swagger {document.tree['swagger']}, not OpenAPI 3",
            document.locate("/swagger"),
            hint="convert it to OpenAPI 3 first",
        )
    version = document.tree.get("openapi")
    known = re.match(r"(3\.[012])\.\d", version) if isinstance(version, str) else None
    if not known:
        said = "there is no `openapi` field" if version is None else f"`openapi` is {version!r}"
        collector.halt(
            NOT_OPENAPI,
            f"{said}; a whole version of 3.0, 3.1 or 3.2, as '3.0.4', is needed",
            document.locate("/openapi"),
        )
    return known[1]
