"""What is committed is what it says it is, and tells nothing of the machine it was made on."""

from __future__ import annotations

import ast
import hashlib
import io
import re
import statistics
import subprocess
import tokenize
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
    assert lines < 4600


def test_the_runtime_can_be_read_in_one_sitting() -> None:
    sources = [
        file.read_text(encoding="utf-8") for file in (ROOT / "templates/runtime").glob("*.py")
    ]
    functions = [
        node.end_lineno - node.lineno + 1
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]
    assert sum(map(lines_of_code, sources)) < 1900
    assert statistics.median(functions) <= 9


def lines_of_code(source: str) -> int:
    """Count the lines that are neither blank, a comment nor a docstring."""
    nodes = list(ast.walk(ast.parse(source)))
    texts = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    said = {
        line
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) in texts
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    idle = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    written = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in idle | {tokenize.ENDMARKER}
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(written - said)


def test_every_file_with_a_shebang_can_be_run() -> None:
    scripts = [path for path in files() if path.read_bytes().startswith(b"#!")]
    assert [path for path in scripts if not path.stat().st_mode & 0o100] == []
