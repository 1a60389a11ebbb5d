"""Rules on what is told in prose and missing in the schema, a kind of telling a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import (
    prose_bounds,
    prose_codes,
    prose_fields,
    prose_lists,
    prose_names,
    prose_notes,
    prose_relations,
    prose_values,
)

if TYPE_CHECKING:
    from .check import Check

CHECKS: Final[tuple[Check, ...]] = (
    *prose_notes.CHECKS,
    *prose_values.CHECKS,
    *prose_bounds.CHECKS,
    *prose_lists.CHECKS,
    *prose_relations.CHECKS,
    *prose_fields.CHECKS,
    *prose_codes.CHECKS,
    *prose_names.CHECKS,
)
