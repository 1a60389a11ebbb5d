"""Imports run down the floors of the house, never up, across or in a circle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.meta.reading_imports import imports, module_name

ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "generator"
RUNTIME = ROOT / "templates/runtime"

SERVER = ROOT / "tests/completion_server"


@dataclass(frozen=True)
class House:
    """A package whose rooms (subpackages and modules) stand on floors.

    `floors` are given from the top. Rooms of one floor don't import one another, but for those of
    `sideways`; `upward` are modules, each with the room above it that it imports all the same.
    """

    root: Path
    package: str
    floors: tuple[tuple[str, ...], ...]
    sideways: frozenset[str] = frozenset()
    upward: frozenset[tuple[str, str]] = frozenset()

    @property
    def files(self) -> list[Path]:
        return sorted(self.root.glob(f"{self.package.replace('.', '/')}/**/*.py"))

    def room(self, module: str) -> str:
        """The room of a module: `lint` of `specloom.lint.check`."""
        inside = module.startswith(f"{self.package}.")
        return module.removeprefix(f"{self.package}.").split(".")[0] if inside else ""

    def floor(self, name: str) -> int:
        (found,) = [number for number, rooms in enumerate(self.floors) if name in rooms]
        return found


LOWEST = (
    "ir", "names", "diagnostics", "config", "event_stream", "formats", "media_types", "text",
    "settings_place", "terminal", "markdown",
)  # fmt: skip
HOUSES: Final = (
    House(
        GENERATOR,
        "specloom",
        (
            ("cli",),
            ("diff_command", "lint_command", "rules_command"),
            ("catalogue",),
            ("new_project", "pipeline"),
            ("sound",),
            (
                "bundle",
                "mend",
                "lint",
                "normalize",
                "translate",
                "emit",
                "diff",
                "contract",
            ),
            ("document", "fragments", "report"),
            LOWEST,
        ),
        frozenset({"document", "fragments", "report", *LOWEST}),
    ),
    House(
        GENERATOR,
        "specloom.contract",
        (
            ("command", "merge_command"),
            ("session", "replaying"),
            ("engine", "trying"),
            ("project",),
            ("replays",),
            ("phases", "evidence", "reports"),
            ("findings",),
            ("requests", "arguments", "recording_transport"),
            ("transport",),
            ("plan",),
            ("answers",),
            ("scenario",),
            ("exchanges",),
        ),
        upward=frozenset(
            {
                # What is shown of an exchange must not hold the target's key.
                ("exchanges.curl", "transport"),
                ("exchanges.exchange_json", "transport"),
                # Types alone.
                ("plan.options", "findings"),
                ("transport.tested_server", "project"),
            }
        ),
    ),
    House(
        SERVER,
        "completion_server",
        (
            ("cli",),
            ("process",),
            ("serving",),
            ("listening", "uvicorn_server"),
            ("bounded_protocol",),
            ("routes",),
            ("faults",),
            ("operations",),
            ("web",),
            ("dialects", "images"),
            ("models", "speech", "storage"),
            ("settings",),
        ),
    ),
)

ONLY_IMPORTERS: Final = {
    "datamodel_code_generator": "specloom/emit/models/__init__.py",
    "jinja2": (
        "specloom/emit/templates.py",
        "specloom/contract/reports/page.py",
        "specloom/report/html.py",
    ),
    "ruff": "specloom/emit/format.py",
    "schemathesis": "specloom/contract/",
    "hypothesis": "specloom/contract/",
    "requests": "specloom/contract/",
    "httpx2": ("specloom/contract/recording_transport.py", "completion_server/"),
    "urllib3": "specloom/contract/",
    "openapi_spec_validator": "specloom/document/",
    "typer": (
        "specloom/c",
        "specloom/diff_command.py",
        "specloom/lint_command.py",
        "specloom/rules_command.py",
    ),
    "sqlalchemy": "completion_server/storage/",
    "lameenc": "completion_server/speech/encoding.py",
    "uvicorn": ("completion_server/uvicorn_server.py", "completion_server/bounded_protocol.py"),
}


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.package)
def test_every_room_has_its_floor(house: House) -> None:
    rooms = {house.room(module_name(file, house.root)) for file in house.files} - {""}
    assert rooms <= {name for rooms in house.floors for name in rooms}, "say where it belongs"


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.package)
def test_imports_run_down(house: House) -> None:
    wrong = []
    for file in house.files:
        here = house.room(module_name(file, house.root))
        for name in imports(file, house.root):
            there = house.room(name)
            if not here or not there or here == there:
                continue
            beside = house.floor(here) == house.floor(there) and here not in house.sideways
            above = beside or house.floor(here) > house.floor(there)
            if above and (_inside(file, house), there) not in house.upward:
                wrong.append(f"{file.relative_to(ROOT)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.package)
def test_what_may_import_upwards_does(house: House) -> None:
    found = {
        (_inside(file, house), house.room(name))
        for file in house.files
        for name in imports(file, house.root)
    }
    assert house.upward - found == set(), "these need no exception"


def _inside(file: Path, house: House) -> str:
    """A file's module within its house: `lint.check`."""
    return module_name(file, house.root).removeprefix(f"{house.package}.")


@pytest.mark.parametrize("package", ONLY_IMPORTERS)
def test_a_package_is_imported_where_its_job_is(package: str) -> None:
    importers = {
        str(file.relative_to(house.root))
        for house in HOUSES
        for file in house.files
        if any(name.split(".")[0] == package for name in imports(file, house.root))
    }
    assert {path for path in importers if not path.startswith(ONLY_IMPORTERS[package])} == set()


def test_only_the_transport_of_the_runtime_knows_the_http_library() -> None:
    importers = {
        file.name
        for file in RUNTIME.glob("*.py")
        if any(name.split(".")[0] in {"httpx", "httpx2"} for name in imports(file, RUNTIME))
    }
    assert importers == {"transport.py"}


def test_the_runtime_needs_pydantic_and_its_http_library_only() -> None:
    outside = {
        name.split(".")[0]
        for file in RUNTIME.glob("*.py")
        for name in imports(file, RUNTIME.parent)
        if not name.startswith("runtime.")
    }
    from sys import stdlib_module_names

    allowed = {"httpx2", "pydantic", "pydantic_core", "typing_extensions"}
    assert outside - stdlib_module_names - allowed == set()


@pytest.mark.parametrize(
    ("root", "folder"),
    [(GENERATOR, "specloom"), (RUNTIME.parent, "runtime"), (SERVER, "completion_server")],
)
def test_no_modules_import_one_another_in_a_circle(root: Path, folder: str) -> None:
    files = {module_name(file, root): file for file in root.glob(f"{folder}/**/*.py")}
    needs = {
        name: {
            known
            for imported in imports(file, root, at_import=True)
            # `from a.b import c` is of the module a.b.c if there is one, else of a.b.
            for known in [imported if imported in files else imported.rpartition(".")[0]]
            if known in files and known != name
        }
        for name, file in files.items()
    }
    while free := [name for name, needed in needs.items() if not needed]:
        needs = {name: needed - set(free) for name, needed in needs.items() if name not in free}
    assert needs == {}
