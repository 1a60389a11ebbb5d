"""Chromium as a reader of pages: a file into the document that a browser makes of it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_SECONDS: Final = 60


@dataclass
class Page(HTMLParser):
    """What a browser made of a file: its text without scripts and styles, and its elements."""

    html: str
    words: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    title: str = ""
    _open: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - what closes doesn't matter
        self._open = ""

    def handle_data(self, data: str) -> None:
        # Charts have titles of their own.
        if self._open == "title" and not self.count("svg"):
            self.title += data
        elif self._open not in {"script", "style"}:
            self.words.append(data)


def opened(path: Path) -> Page:
    """The page as headless Chromium has it once its scripts ran; skips where there is none."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip("no Chromium is installed")
    with TemporaryDirectory() as profile:
        done = subprocess.run(  # noqa: S603 - a program of the system, our own page
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--no-first-run", f"--user-data-dir={profile}", "--virtual-time-budget=2000",
                "--dump-dom", path.as_uri(),
            ],
            capture_output=True, text=True, encoding="utf-8", check=True, timeout=_SECONDS,
        )  # fmt: skip
    return Page(done.stdout)
