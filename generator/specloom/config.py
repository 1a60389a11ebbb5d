"""specloom.toml into frozen settings: which document, which corrections, which client.

Knows nothing of OpenAPI; paths are resolved from the folder that holds the file.
"""

from __future__ import annotations

import keyword
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from specloom.diagnostics import Collector, Location, Rule
from specloom.names import RESOURCE_CLASS_RESERVED
from specloom.settings_place import SettingsPlace

FILE_NAME = "specloom.toml"

UNREADABLE_CONFIG = Rule(
    "CFG001",
    "unreadable-config",
    "specloom.toml can't be read",
    "The folder given must hold a `specloom.toml` that may be read.",
    exit_status=2,
)
BAD_CONFIG = Rule(
    "CFG002",
    "bad-config",
    "specloom.toml says something that it can't",
    "The file must be TOML 1.0, hold only the tables and keys that the README lists, and give "
    "each the kind of value that it takes.",
    exit_status=2,
)

RULES = (UNREADABLE_CONFIG, BAD_CONFIG)


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """`[document]`: where the document and its corrections are."""

    upstream: str = "openapi.json"
    overlay: str | None = None
    known_faults: str | None = None
    remote: tuple[str, ...] = ()
    """The beginnings of URLs that `$ref`s may read; none unless given."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """`[client]`: what the generated distribution is called and where it goes."""

    distribution: str
    package: str
    class_name: str
    output: str
    version: str = "0.1.0"
    environment: str = ""
    """Prefix of the variables that give the API key and the base URL: `<PREFIX>_API_KEY`.

    Left out, the package's name in capitals.
    """


UNNAMED = ClientSettings("client", "client", "Client", "client")
"""What the client is called of a project that says nothing of one, as only lint and diff may."""


@dataclass(frozen=True, slots=True)
class Skip:
    """`[[operations.skip]]`: an operation that is left out, and why."""

    operation: str
    """Its operationId, or its method and path as `GET /path`."""
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """`[operations]`: those to generate, chosen by any of the three; all if none is given."""

    tags: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    skip: tuple[Skip, ...] = ()
    """Those to leave out of them."""

    @property
    def chooses(self) -> bool:
        """Whether anything is chosen at all."""
        return bool(self.tags or self.paths or self.ids)


@dataclass(frozen=True, slots=True)
class Suppression:
    """`[[lint.suppress]]`: findings that are accepted, and why."""

    code: str
    """The rule's code or name."""
    pointer: str
    """Where; a token may be `*` for any one, or `**` for any number of them."""
    reason: str


@dataclass(frozen=True, slots=True)
class LintSettings:
    """`[lint]`: the rules to look for, by code, beginning of a code, name or set."""

    select: tuple[str, ...] = ("recommended",)
    ignore: tuple[str, ...] = ()
    suppress: tuple[Suppression, ...] = ()


@dataclass(frozen=True, slots=True)
class ContractSettings:
    """`[contract]`: what the contract tests need to know beside the document."""

    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """All that one `specloom.toml` says."""

    folder: Path
    client: ClientSettings
    document: DocumentSettings = DocumentSettings()
    operations: Selection = Selection()
    lint: LintSettings = LintSettings()
    contract: ContractSettings = field(default_factory=ContractSettings)

    @property
    def place(self) -> SettingsPlace:
        """Where specloom.toml says what it says."""
        return SettingsPlace(self.folder / FILE_NAME)

    @property
    def output(self) -> Path:
        """The folder that the generated distribution is written to."""
        return (self.folder / self.client.output).resolve()


def load_config(folder: Path, collector: Collector, *, needs_client: bool = True) -> Config:
    """Read a folder's specloom.toml. Raises HaltedError with the place of what is wrong."""
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"can't be read: {_reason(error)}"
        hint = None if needs_client else "or give the document itself, not its folder"
        collector.halt(UNREADABLE_CONFIG, message, Location(str(path)), hint=hint)
    return _Reader(str(path), text, collector).config(folder, needs_client=needs_client)


def load_project(path: Path, collector: Collector) -> Config:
    """What a folder's specloom.toml says; of a file, the one beside it that names the file.

    A document that none names is taken by itself, with default settings. No client needs to be
    spoken of.

    Raises HaltedError with the place of what is wrong.
    """
    if path.is_dir():
        return load_config(path, collector, needs_client=False)
    if (path.parent / FILE_NAME).is_file():
        config = load_config(path.parent, collector, needs_client=False)
        named = (FILE_NAME, config.document.upstream, config.document.overlay)
        if path.resolve() in {(config.folder / name).resolve() for name in named if name}:
            return config
    return Config(path.parent, UNNAMED, DocumentSettings(upstream=path.name))


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "it is not UTF-8 text"


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    text: str
    collector: Collector

    def config(self, folder: Path, *, needs_client: bool) -> Config:
        tables = self._tables()
        self._only(tables, {"document", "client", "operations", "lint", "contract"})
        client = UNNAMED
        if needs_client or "client" in tables:
            client = self._settings(ClientSettings, tables, "client")
            self._check_names(client)
        return Config(
            folder,
            client,
            self._settings(DocumentSettings, tables, "document"),
            self._selection(self._table(tables, "operations")),
            self._lint(self._table(tables, "lint")),
            ContractSettings(self._table(tables, "contract")),
        )

    def _tables(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+), column (\d+)", str(error))
            line, column = (int(place[1]), int(place[2])) if place else (1, 1)
            self.collector.halt(BAD_CONFIG, f"not TOML: {error}", Location(self.file, line, column))

    def _halt(self, message: str, key: str) -> Any:
        found = re.search(rf"^\s*\[*{re.escape(key)}\b", self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.end()) + 1 if found else 1
        self.collector.halt(BAD_CONFIG, message, Location(self.file, line))

    def _table(self, tables: dict[str, Any], name: str) -> dict[str, Any]:
        table = tables.get(name, {})
        return table if isinstance(table, dict) else self._halt(f"`{name}` must be a table", name)

    def _only(self, table: dict[str, Any], known: set[str]) -> None:
        for key in table.keys() - known:
            self._halt(f"unknown key `{key}`; known are {', '.join(sorted(known))}", key)

    def _settings(self, kind: type[Any], tables: dict[str, Any], name: str) -> Any:
        table = self._table(tables, name)
        self._only(table, {item.name for item in fields(kind)})
        values = {}
        for item in fields(kind):
            if item.name in table:
                values[item.name] = self._value(table[item.name], item.name, str(item.type))
        try:
            return kind(**values)
        except TypeError as error:
            missing = re.findall(r"'(\w+)'", str(error))
            return self._halt(f"`[{name}]` must give {', '.join(missing)}", name)

    def _value(self, value: Any, key: str, annotation: str) -> Any:
        if annotation.startswith("tuple"):
            if isinstance(value, list) and all(isinstance(item, str) for item in value):
                return tuple(value)
            return self._halt(f"`{key}` must be a list of strings", key)
        return value if isinstance(value, str) else self._halt(f"`{key}` must be a string", key)

    def _lint(self, table: dict[str, Any]) -> LintSettings:
        accepted = self._entries(Suppression, table, "lint", "suppress")
        chosen = {key: value for key, value in table.items() if key != "suppress"}
        settings: LintSettings = self._settings(LintSettings, {"lint": chosen}, "lint")
        return replace(settings, suppress=accepted)

    def _selection(self, table: dict[str, Any]) -> Selection:
        skipped = self._entries(Skip, table, "operations", "skip")
        chosen = {key: value for key, value in table.items() if key != "skip"}
        selection: Selection = self._settings(Selection, {"operations": chosen}, "operations")
        return replace(selection, skip=skipped)

    def _entries(self, kind: type[Any], table: dict[str, Any], name: str, key: str) -> Any:
        """What each `[[name.key]]` says, which must give a reason."""
        listed = table.get(key, [])
        if not isinstance(listed, list):
            self._halt(f"`{name}.{key}` must be a list of tables", f"{name}.{key}")
        entries = [self._settings(kind, {key: entry}, key) for entry in listed]
        for index, entry in enumerate(entries):
            if not entry.reason.strip():
                place = SettingsPlace(Path(self.file))
                line = place.of_entry(f"{name}.{key}", index, "reason")
                self.collector.halt(BAD_CONFIG, "`reason` must say why", line)
        return tuple(entries)

    def _check_names(self, client: ClientSettings) -> None:
        """Refuse names that would not be Python, or would leave the output folder."""
        for key in ("package", "class_name"):
            name = getattr(client, key)
            if not name.isidentifier() or keyword.iskeyword(name):
                self._halt(f"`{key}` must be a Python identifier, not {name!r}", key)
        if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", client.distribution):
            self._halt("`distribution` must be a valid distribution name", "distribution")
        flavourless = client.class_name.removeprefix("Async")
        if flavourless in RESOURCE_CLASS_RESERVED or flavourless.endswith("Error"):
            self._halt(f"`class_name` {client.class_name} is a name of the runtime's", "class_name")
        if not re.fullmatch(r"[A-Z_][A-Z0-9_]*|", client.environment):
            self._halt("`environment` must be capitals, digits and `_`", "environment")
        if not re.fullmatch(r"\d+(?:\.\d+)*(?:(?:a|b|rc|\.post|\.dev)\d+)*", client.version):
            self._halt("`version` must be a version, like 1.2.0", "version")
