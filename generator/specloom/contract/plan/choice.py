"""What `--only`, `--skip` and `--read-only` say into the operations of a document.

Knows nothing of what is then done with them.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Collector, Location

from .rules import UNKNOWN_CHOICE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.contract.answers.operations import Operation

    from .options import Options

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "QUERY", "TRACE"})
"""The methods that change nothing (RFC 9110 §9.2.1)."""


def chosen(operations: Mapping[str, Operation], options: Options) -> list[str]:
    """The ids of the operations that are to be tested, sorted; `operations` are by `POST /path`."""
    return sorted(
        operation.id
        for label, operation in operations.items()
        if (not options.only or _is_named(label, operation, options.only))
        and not _is_named(label, operation, options.skip)
        and (not options.read_only or label.partition(" ")[0] in SAFE_METHODS)
    )


def permitted(operations: Mapping[str, Operation], options: Options) -> dict[str, Operation]:
    """Those that may be sent: also what leads to a chosen one, but nothing that is skipped."""
    return {
        label: operation
        for label, operation in operations.items()
        if not _is_named(label, operation, options.skip)
    }


def check_choice(
    operations: Mapping[str, Operation], options: Options, collector: Collector
) -> None:
    """Raises HaltedError if a name names no operation, or nothing is left to test."""
    place = Location("command line")
    for name in (*options.only, *options.skip):
        if not any(_is_named(label, each, (name,)) for label, each in operations.items()):
            there = ", ".join(_all_names(operations))
            collector.add(UNKNOWN_CHOICE, f"{name!r} names no operation; there are {there}", place)
    collector.halt_on_errors()
    if not chosen(operations, options):
        collector.halt(UNKNOWN_CHOICE, "no operation is left to test", place)


def _is_named(label: str, operation: Operation, names: Sequence[str]) -> bool:
    """Whether a name is the operation's id, one of its tags, or a pattern of its `POST /path`."""
    known = {operation.id, *operation.value.get("tags", ())}
    return any(name in known or fnmatchcase(label, name) for name in names)


def _all_names(operations: Mapping[str, Operation]) -> list[str]:
    tags = {tag for each in operations.values() for tag in each.value.get("tags", ())}
    return [
        *(f"{each.id} ({label})" for label, each in operations.items()),
        *(f"tag {tag}" for tag in sorted(tags)),
    ]
