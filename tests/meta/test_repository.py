"""What is committed is what it says it is, and tells nothing of the machine it was made on."""

from __future__ import annotations

import hashlib
import re
import subprocess
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
# In two parts, so that this file does not hold what it forbids.
FORBIDDEN = [
    re.compile(pattern.replace("+", ""))
    for pattern in (
        r"(?<![\w.~}\])-])/wo+rk\b",
        r"(?<![\w.~}\])-])/tm+p\b",
        r"(?<![\w.~}\])-])/ro+ot\b",
        r"(?<![\w.~}\])-])/ho+me/",
        r"py+pi\.org",
        r"python+hosted\.org",
    )
]


@lru_cache
def files() -> list[Path]:
    """What is committed, or would be."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - git is where it is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_nothing_names_a_place_of_this_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files()
        for text in [path.read_bytes().decode(errors="replace")]
        for pattern in FORBIDDEN
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_the_upstream_document_is_the_one_that_was_published() -> None:
    folder = ROOT / "spec/completion"
    said = re.search(r"\b[0-9a-f]{64}\b", (folder / "SOURCE.md").read_text(encoding="utf-8"))
    assert said
    assert said[0] == hashlib.sha256((folder / "openapi.json").read_bytes()).hexdigest()


def test_the_generated_package_can_be_read_in_an_afternoon() -> None:
    lines = sum(
        len(file.read_text(encoding="utf-8").splitlines())
        for file in (ROOT / "generated/completion").rglob("*.py")
    )
    assert lines < 3000


def test_every_file_with_a_shebang_can_be_run() -> None:
    scripts = [path for path in files() if path.read_bytes().startswith(b"#!")]
    assert [path for path in scripts if not path.stat().st_mode & 0o100] == []
