"""Python texts, and the Python within Markdown, into formatted ones, by ruff."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped]

_RULES: Final = "F401,I,UP,RUF022"
_SETTINGS: Final = ("--isolated", "--target-version", "py311")
_WIDE: Final = ("--line-length", "100")
_NARROW: Final = ("--line-length", "88")
_COMPACT: Final = ("--config", "format.skip-magic-trailing-comma=true")


class FormatError(Exception):
    """ruff refused a text: a bug of the generator or of a template."""


def format_python(texts: dict[str, str]) -> dict[str, str]:
    """The texts with their Python formatted; the runtime is so already, and stays."""
    formatted = {
        path: text
        for path, text in texts.items()
        if path.endswith((".py", ".md")) and "/_runtime/" not in path
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in formatted.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        # What it can't mend is a matter of taste; what is no Python, the formatter refuses.
        _ruff(folder, "check", "--fix", "--exit-zero", "--quiet", "--select", _RULES, *_WIDE)
        _ruff(folder, "format", *_WIDE, *_COMPACT)
        # Sorted as ruff does by default: a user's own check may find nothing to sort.
        _ruff(folder, "check", "--fix", "--exit-zero", "--quiet", "--select", "I", *_NARROW)
        return texts | {path: (folder / path).read_text(encoding="utf-8") for path in formatted}


def _ruff(folder: Path, command: str, *options: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own formatter, on a folder of our own
        [find_ruff_bin(), command, "--no-cache", *_SETTINGS, *options, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise FormatError(done.stdout + done.stderr)
