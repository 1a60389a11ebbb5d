"""The imports of Python files, read from their text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def module_name(file: Path, root: Path) -> str:
    """The dotted name of a file below a source root."""
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(file: Path, root: Path, *, at_import: bool = False) -> set[str]:
    """What a file imports, as dotted names; with `at_import`, only when it is imported itself."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    package = list(file.relative_to(root).with_suffix("").parts[:-1])
    nodes = _run_at_import(tree) if at_import else ast.walk(tree)
    return {name for node in nodes for name in _names(node, package)}


def _names(node: ast.AST, package: list[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        start = package[: len(package) - node.level + 1] if node.level else []
        base = ".".join([*start, *([node.module] if node.module else [])])
        yield from (f"{base}.{alias.name}" for alias in node.names)


def _run_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run on import: none in functions, none for the type checker alone."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from _run_at_import(child)
