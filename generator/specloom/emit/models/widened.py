"""Components of which no model can be made into ones that admit anything; says so at each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.components import place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.diagnostics import Collector
    from specloom.document.load import Document

ANY_MODEL: Final = Rule(
    "GEN020",
    "any-model",
    "no model can be made of a component schema",
    "The schema may be valid, but datamodel-code-generator, by which models are made, fails on "
    "it; or the parts of its `allOf` have no type in common, so that no value fits. The client's "
    "type there is `Any`. Say the schema otherwise in the overlay for a better "
    "one, and please report it to specloom.",
    Severity.WARNING,
)
RULES: Final = (ANY_MODEL,)


def widen(document: Document, components: Iterable[str], collector: Collector) -> None:
    """Let these components admit anything."""
    for name in components:
        document.tree["components"]["schemas"][name] = True
        collector.add(
            ANY_MODEL, "no model can be made of it; its type is `Any`", document.locate(place(name))
        )
