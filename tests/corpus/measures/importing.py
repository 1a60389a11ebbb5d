"""Run by itself: imports a generated package, and prints as JSON what is there."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path
from typing import Any

from tests.corpus.client.package import Package


def found(package: str, class_name: str, *, builds: bool) -> dict[str, Any]:
    """The modules that import, the operations that a method reaches, and what went wrong."""
    problems = []
    names = [package]
    imported = 0
    root = importlib.import_module(package)
    names += [each.name for each in pkgutil.walk_packages(root.__path__, f"{package}.")]
    for name in names:
        try:
            importlib.import_module(name)
            imported += 1
        except Exception as error:  # noqa: BLE001 (whatever keeps it from being imported)
            problems.append(f"{name}: {type(error).__name__}: {error}")
    models = build(importlib.import_module(f"{package}.models"), problems) if builds else 0
    live = sorted(_live(package, class_name))
    return {
        "modules": len(names),
        "imported": imported,
        "live": live,
        "models": models,
        "problems": problems,
    }


def build(module: Any, problems: list[str]) -> int:
    """Build every model of a module; how many there are."""
    kinds = [getattr(module, name) for name in dir(module) if not name.startswith("_")]
    models = [kind for kind in kinds if isinstance(kind, type) and hasattr(kind, "model_rebuild")]
    for model in models:
        try:
            model.model_rebuild(force=True)
        except Exception as error:  # noqa: BLE001 (whatever keeps it from being built)
            problems.append(f"{model.__name__}: {type(error).__name__}: {error}")
    return len(models)


def _live(package: str, class_name: str) -> set[tuple[str, str]]:
    client_package = Package(Path(), package, class_name)
    client = client_package.client(api_key={}, base_url="http://document.example")
    return {method.address for method in client_package.methods(client)}


if __name__ == "__main__":
    _, named, class_, *more = sys.argv
    print(json.dumps(found(named, class_, builds="--build" in more)))  # noqa: T201 (its output)
