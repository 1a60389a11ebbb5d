"""The `[contract]` table of specloom.toml into frozen settings.

Knows which operations a document has, and nothing else of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from specloom.config import BAD_CONFIG, FILE_NAME
from specloom.diagnostics import Collector, Location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from specloom.config import Config

_TEXT: Final = {"type": "string", "minLength": 1}
_TYPES: Final = ("missing", "null", "boolean", "integer", "number", "string", "array", "object")


def _closed(required: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


_TABLE: Final = jsonschema_rs.Draft202012Validator(
    _closed(
        [],
        {
            "serve": _TEXT,
            "serve_url": _TEXT,
            "other_key": _TEXT,
            "scenarios": {"type": "array", "items": _TEXT},
            "undeclared_fields": {"type": "boolean"},
            "expectations": {
                "type": "array",
                "items": _closed(
                    ["operation", "check", "status", "reason"],
                    {
                        "operation": _TEXT,
                        "check": _TEXT,
                        "status": {"type": "integer"},
                        "answer": {"type": "string", "format": "regex"},
                        "request": {"$ref": "https://json-schema.org/draft/2020-12/schema"},
                        "at": {"type": "string", "pattern": "^/"},
                        "type": {"type": "array", "items": {"enum": list(_TYPES)}},
                        "reason": _TEXT,
                    },
                ),
            },
            "stops": {
                "type": "array",
                "items": _closed(
                    ["operation", "link", "body"],
                    {
                        "operation": _TEXT,
                        "link": _TEXT,
                        "body": {"type": "object"},
                        "within": {"type": "number", "exclusiveMinimum": 0},
                    },
                ),
            },
        },
    ),
    validate_formats=True,
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """`[[contract.expectations]]`: a failure of a check that is no fault of the server, and why.

    `answer` is a regular expression that the answer's text must hold, `request` a JSON Schema of
    `{body}`. With `at`, a pointer into the request (`*` for any item), each thing wrong with the
    request must be at or below it, and of one of the types, if any are given.
    """

    operation: str
    check: str
    status: int
    reason: str
    answer: str | None = None
    request: Any = True
    at: str | None = None
    type: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """`[[contract.stops]]`: a stream, and the link of its answer that stops it.

    `body` asks for a stream that would go on for long; `within` is in seconds.
    """

    operation: str
    link: str
    body: dict[str, Any]
    within: float = 5.0


@dataclass(frozen=True, slots=True)
class Settings:
    """All of `[contract]`.

    `serve` starts a server to test where none is named; `{port}` and `{key}` are filled in, the
    key also in `other_key`, which opens another account of that server. `scenarios` are paths of
    Python files. With `undeclared_fields` a field that no schema declares is a fault.
    """

    serve: str | None = None
    serve_url: str = "http://127.0.0.1:{port}"
    other_key: str | None = None
    scenarios: tuple[str, ...] = field(default=())
    undeclared_fields: bool = False
    expectations: tuple[Expectation, ...] = field(default=())
    stops: tuple[Stop, ...] = field(default=())


def read_settings(
    config: Config, operations: Collection[str], checks: Collection[str], collector: Collector
) -> Settings:
    """The table as settings. Raises HaltedError if it says what can't be, or names the unknown."""
    table = config.contract.settings
    place = Location(str(config.folder / FILE_NAME))
    for error in _TABLE.iter_errors(table):
        where = ".".join(map(str, ["contract", *error.instance_path]))
        collector.add(BAD_CONFIG, f"`{where}`: {error.message}", place)
    collector.halt_on_errors()
    for message in (*_unknown_names(table, operations, checks), *_bad_patterns(table)):
        collector.add(BAD_CONFIG, message, place)
    collector.halt_on_errors()
    return _settings(table)


def _unknown_names(
    table: dict[str, Any], operations: Collection[str], checks: Collection[str]
) -> Iterator[str]:
    for name in ("expectations", "stops"):
        for entry in table.get(name, []):
            if entry["operation"] not in operations:
                yield f"`contract.{name}` names no operation with {entry['operation']!r}"
            if entry.get("check", "") not in {"", *checks}:
                yield f"`contract.{name}` names no check with {entry['check']!r}"


def _bad_patterns(table: dict[str, Any]) -> Iterator[str]:
    """The schema knows ECMA's expressions, and they are used as Python's."""
    for number, entry in enumerate(table.get("expectations", [])):
        try:
            re.compile(entry.get("answer", ""))
        except re.error as error:
            yield f"`contract.expectations.{number}.answer` is no expression of Python's: {error}"


def _settings(table: dict[str, Any]) -> Settings:
    expectations = [
        Expectation(**{**entry, "type": tuple(entry.get("type", ()))})
        for entry in table.get("expectations", [])
    ]
    plain = ("serve", "serve_url", "other_key", "undeclared_fields")
    given = {name: table[name] for name in plain if name in table}
    stops = [Stop(**entry) for entry in table.get("stops", [])]
    return Settings(
        **given,
        scenarios=tuple(table.get("scenarios", ())),
        expectations=tuple(expectations),
        stops=tuple(stops),
    )
