"""The rules on what breaks the specification though its own schema can't say so.

A document that breaks one is as invalid as one that breaks the schema; openapi-spec-validator
looks for the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.lint import CHECKS, find
from specloom.lint.grouping import told

if TYPE_CHECKING:
    from specloom.diagnostics import Collector
    from specloom.document.load import Document

CODES: Final = {
    "OAS122",
    "OAS140",
    "OAS145",
    "OAS201",
    "OAS202",
    "OAS204",
    "OAS220",
    "OAS302",
    "OAS603",
}


def check(document: Document, collector: Collector) -> None:
    """Report what they find. Raises HaltedError if there is anything."""
    checks = tuple(check for check in CHECKS if check.rule.code in CODES)
    for rule, finding in find(document, checks):
        left = told(finding, lambda _: False)
        if left:
            collector.add(rule, left.message, document.locate(left.pointer), hint=left.hint)
    collector.halt_on_errors()
