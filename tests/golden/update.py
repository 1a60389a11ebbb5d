"""One-feature documents into the packages that are committed beside them.

`python -m tests.golden.update` rewrites them all. The runtime and the manifest are left out: they
are the same for every package, or follow from it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from specloom import pipeline
from specloom.config import load_config
from specloom.diagnostics import Collector, HaltedError

HERE = Path(__file__).parent
RUNTIME = HERE.parents[1] / "templates/runtime"
FEATURES = sorted(folder.parent.name for folder in HERE.glob("*/specloom.toml"))


def generate(feature: str, output: Path, upstream: str = "openapi.yaml") -> None:
    """Generate a feature's whole distribution into a folder. Raises AssertionError with why not."""
    collector = Collector()
    try:
        config = load_config(HERE / feature, collector)
        config = replace(
            config,
            document=replace(config.document, upstream=upstream),
            client=replace(config.client, output=str(output)),
        )
        pipeline.generate(config, collector, check=False, templates=None, progress=lambda _: None)
    except HaltedError:
        raise AssertionError(
            [f"{found.location} {found.message}" for found in collector.errors]
        ) from None


def texts(folder: Path) -> dict[str, str]:
    """What is committed of a distribution in a folder, by path."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"_runtime", "manifest.json", "__pycache__"} & {*path.parts}
    }


def assemble(feature: str, output: Path) -> None:
    """Put a committed package and the runtime together in a folder, ready to be imported."""
    shutil.copytree(HERE / feature / "package" / feature, output / feature)
    shutil.copytree(
        RUNTIME, output / feature / "_runtime", ignore=shutil.ignore_patterns("__pycache__")
    )


def main() -> None:
    """Rewrite every committed package."""
    for feature in FEATURES:
        with tempfile.TemporaryDirectory() as name:
            generate(feature, Path(name))
            committed = HERE / feature / "package"
            shutil.rmtree(committed, ignore_errors=True)
            for path, text in texts(Path(name)).items():
                (committed / path).parent.mkdir(parents=True, exist_ok=True)
                (committed / path).write_text(text, encoding="utf-8")
        print(feature, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
