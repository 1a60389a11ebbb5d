"""Findings less those that specloom.toml accepts; an entry that accepts nothing is an error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.config import FILE_NAME
from specloom.diagnostics import Collector, Location, Rule

if TYPE_CHECKING:
    from specloom.config import Config

UNUSED_SUPPRESSION = Rule(
    "OAS990",
    "unused-suppression",
    "a suppression suppresses nothing",
    "A `[[lint.suppress]]` of specloom.toml names a rule and the exact pointer of a finding that "
    "is accepted. If there is no such finding any more, the fault is mended or has moved, and the "
    "entry would hide the next one. Remove it, or correct its `code` or `pointer`.",
)

RULES = (UNUSED_SUPPRESSION,)

_ENTRY: Final = re.compile(r"^[ \t]*\[\[[ \t]*lint[ \t]*\.[ \t]*suppress[ \t]*\]\]", re.MULTILINE)


class Suppressions:
    """The entries of one specloom.toml, and which of them were of use."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._used: set[tuple[str, str]] = set()

    def cover(self, code: str, pointer: str) -> bool:
        """Whether a finding is accepted."""
        key = (code, pointer)
        if not any(key == (entry.code, entry.pointer) for entry in self._config.lint.suppress):
            return False
        self._used.add(key)
        return True

    def report_unused(self, collector: Collector) -> None:
        """Report each entry that covered no finding, at its place in the file."""
        for index, entry in enumerate(self._config.lint.suppress):
            if (entry.code, entry.pointer) not in self._used:
                message = f"no finding of {entry.code} at {entry.pointer or 'the top'}"
                collector.add(UNUSED_SUPPRESSION, message, self._locate(index))

    def _locate(self, index: int) -> Location:
        path = self._config.folder / FILE_NAME
        text = path.read_text(encoding="utf-8")
        starts = [match.start() for match in _ENTRY.finditer(text)]
        # Written as an inline list, the entries have no line of their own to be told by.
        line = text.count("\n", 0, starts[index]) + 1 if index < len(starts) else 1
        return Location(str(path), line)
