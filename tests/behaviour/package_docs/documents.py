"""The README and api.md of a generated distribution, taken apart."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
FLAGSHIP = ROOT / "generated/completion"
FAKING = "Faking the client in your tests"


def chapters(page: Path) -> dict[str, str]:
    """The text below each heading of the second level, by heading."""
    parts = re.split(r"^## (.*)\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def python(text: str) -> str:
    """The Python examples of a text, as one program."""
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n\n".join(blocks)


def program(page: Path) -> str:
    """The examples of a README in their order, without those that are tests."""
    return python("".join(text for name, text in chapters(page).items() if name != FAKING))


def tests(page: Path) -> str:
    """The examples of a README that are tests."""
    return python(chapters(page)[FAKING])


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without their headings."""
    lines = re.findall(r"^\| (`.*) \|$", text, re.MULTILINE)
    return [line.split(" | ") for line in lines]
