"""What it costs to import a client, and to call one of its operations."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

from .process import python, run

_ROUNDS = 3
_PROGRAM = Path(__file__).with_name("first_call.py")


def costs(folder: Path, package: str, class_name: str) -> tuple[float | None, float | None]:
    """CPU seconds to import, and to import and call; None where it can't be told."""
    name = _plain_method(folder / package)
    imported = _median(folder, [package, class_name], 0)
    return imported, _median(folder, [package, class_name, name], 1) if name else None


def _median(folder: Path, arguments: list[str], which: int) -> float | None:
    command = python(str(_PROGRAM), *arguments)
    ran = [run(command, folder, seconds=120, imports=folder) for _ in range(_ROUNDS)]
    times = [float(one.output.split()[which]) for one in ran if one.status == 0]
    return round(statistics.median(times), 3) if times else None


def _plain_method(package: Path) -> str:
    """The name of a method that needs no argument, by its text; empty if there is none."""
    client = (package / "_client.py").read_text()
    own = re.search(r"    def ([a-z]\w*)\(self, \*\*options", client)
    if own:
        return own[1]
    groups = re.findall(
        r"def (\w+)\(self\) -> \w+:\n(?:.*\n){1,6}?\s+from \.resources\.(\w+) import", client
    )
    for attribute, module in groups:
        text = (package / "resources" / f"{module}.py").read_text()
        found = re.search(r"    def ([a-z]\w*)\(self, \*\*options", text) or re.search(
            r"    def ([a-z]\w*)\(\s+self, \*, \w+: [^=,]*\| Unset = UNSET", text
        )
        if found:
            return f"{attribute}.{found[1]}"
    return ""
