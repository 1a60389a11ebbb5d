"""What specloom.toml says into the line where it says so.

TOML's reader gives no places, so they are looked for in the text. Knows nothing of settings.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.diagnostics import Location

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    """One specloom.toml, whose places are looked up when asked for."""

    path: Path

    def of_entry(self, table: str, index: int, key: str = "") -> Location:
        """The line of one `[[table]]` of several, or of a key of it.

        The first line if they are written inline.
        """
        name = r"[ \t]*\.[ \t]*".join(map(re.escape, table.split(".")))
        text = self._text()
        headers = re.finditer(rf"^[ \t]*\[\[[ \t]*{name}[ \t]*\]\]", text, re.MULTILINE)
        starts = [header.start() for header in headers]
        if index >= len(starts):
            return self._at(text, 0)
        found = _key(key).search(text, starts[index]) if key else None
        return self._at(text, found.start() if found else starts[index])

    def of_value(self, table: str, key: str, value: str) -> Location:
        """The line of a text in the list that a key of `[table]` gives, or of the key."""
        text = self._text()
        header = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\]", text, re.MULTILINE)
        found = _key(key, table).search(text, header.end() if header else 0)
        if not found:
            return self._at(text, 0)
        quoted = re.compile(
            f"{re.escape(json.dumps(value, ensure_ascii=False))}|'{re.escape(value)}'"
        )
        written = quoted.search(text, found.end())
        return self._at(text, written.start() if written else found.end())

    def _text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def _at(self, text: str, offset: int) -> Location:
        return Location(str(self.path), text.count("\n", 0, offset) + 1)


def _key(key: str, table: str = "") -> re.Pattern[str]:
    dotted = rf"(?:{re.escape(table)}[ \t]*\.[ \t]*)?" if table else ""
    return re.compile(rf"^[ \t]*{dotted}{re.escape(key)}[ \t]*=", re.MULTILINE)
