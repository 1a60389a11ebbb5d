"""A quarter, a half and the whole of a document into what each costs to generate.

A slice has the first of the paths and webhooks, and the components that they lead to.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .measures.project import project_of
from .server.files import read

if TYPE_CHECKING:
    from pathlib import Path

_PARTS = (4, 2, 1)


def slices(documents: list[Path], folder: Path) -> int:
    """Print a line for each slice."""
    for document in documents:
        tree = read(document)
        for part in _PARTS:
            small = folder / f"part_{part}" / f"{document.stem}_{part}.json"
            small.parent.mkdir(exist_ok=True)
            smaller = sliced(tree, part)
            small.write_text(json.dumps(smaller))
            ran = project_of(small, folder).generate()
            size = small.stat().st_size / 1e6
            print(  # noqa: T201 (a command line prints)
                f"{document.name} 1/{part}: {len(smaller['paths'])} paths, {size:.2f} MB: "
                f"{ran.cpu_s:.1f} s CPU ({ran.cpu_s / size:.1f} s/MB), {ran.peak_mb:.0f} MB, "
                f"exit {ran.status}",
                flush=True,
            )
    return 0


def sliced(tree: dict[str, Any], part: int) -> dict[str, Any]:
    """A part of a document: its first paths and webhooks, and the components that they need."""
    if part == 1:
        return tree
    firsts = {key: _first(tree[key], part) for key in ("paths", "webhooks") if key in tree}
    made = {key: value for key, value in tree.items() if key != "components"} | firsts
    components = tree.get("components", {})
    kept: dict[str, dict[str, Any]] = {"securitySchemes": components.get("securitySchemes", {})}
    left: list[Any] = [firsts]
    while left:
        for kind, name in _references(left.pop()):
            if name in components.get(kind, {}) and name not in kept.setdefault(kind, {}):
                kept[kind][name] = components[kind][name]
                left.append(components[kind][name])
    return {**made, "components": kept}


def _first(entries: dict[str, Any], part: int) -> dict[str, Any]:
    names = list(entries)
    return {name: entries[name] for name in names[: -(-len(names) // part)]}


def _references(value: Any) -> list[tuple[str, str]]:
    found = []
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            left += item.values()
            steps = str(item.get("$ref", "")).split("/")
            if steps[:2] == ["#", "components"] and len(steps) > 3:
                found.append((steps[2], steps[3].replace("~1", "/").replace("~0", "~")))
        elif isinstance(item, list):
            left += item
    return found
