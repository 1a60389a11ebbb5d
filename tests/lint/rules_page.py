"""The page of rules: its own part, and the list that `specloom rules` makes. Run to write it."""

from pathlib import Path

from specloom import catalogue
from specloom.report.rule_list import markdown

PAGE = Path(__file__).parents[2] / "generator" / "lint-rules.md"
_HEADING = "## Every rule\n\n"


def kept() -> str:
    """What stands above the list."""
    return PAGE.read_text(encoding="utf-8").partition(_HEADING)[0]


def whole() -> str:
    """The page with the list as it is to be."""
    return f"{kept()}{_HEADING}{markdown(catalogue.RULES)}\n"


if __name__ == "__main__":
    PAGE.write_text(whole(), encoding="utf-8")
