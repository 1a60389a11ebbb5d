"""Rules on what the document says in two places in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.kinds import kinds
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.prose.told import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

ID_WITHOUT_FORMAT = Rule(
    "OAS340",
    "id-without-format",
    "a parameter has no format, and the field that it repeats has one",
    "The answers say what the id looks like, the path takes any text: a client sends what the "
    "server can only refuse, and a test can't make a fitting one. Give the parameter the format.",
    Severity.HINT,
)
MIXED_TIMES = Rule(
    "OAS341",
    "mixed-times",
    "fields of one name tell the time in several ways",
    "A moment is a number in one place and a text in another, so whoever compares two must know "
    "where each came from. Use one way; `format: date-time` says what it is (RFC 3339 §5.6).",
    Severity.HINT,
)
MIXED_TYPES = Rule(
    "OAS342",
    "mixed-types",
    "ids of one name have several types",
    "The same id is a number in one schema and a text in another; whoever carries it from one "
    "answer to the next request must convert it. Choose one.",
    Severity.HINT,
    recommended=False,
)

_TIME: Final = re.compile(r"(?:_at|At|_timestamp|Timestamp)$|^timestamp$")
_ID: Final = re.compile(r"(?:[-_](?:id|uuid)|[a-z]I[dD])$")
_PINNED: Final = ("format", "pattern", "enum", "const")
_NAMED: Final = {"integer": "an integer", "number": "a number", "string": "a string"}
_PLAIN_TEXT: Final = "a text without format"
_DATE_TIME: Final = "a date-time"
_Place = tuple[str, dict[str, Any]]


def ids_without_format(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The parameters of paths whose namesakes in schemas all have one format."""
    fields = _properties(scope, _ID)
    for parameter in scope.nodes.get("parameter", ()):
        name = parameter.value.get("name")
        if parameter.value.get("in") != "path" or name not in fields:
            continue
        formats = {schema.get("format") for _, schema in fields[name] if _is_text(schema)} - {None}
        said = facts(parameter, scope)
        if formats == {"uuid"} and said.types == {"string"} and not said.has(*_PINNED):
            message = f"{name!r} is any text, and {fields[name][0][0]} has format 'uuid'"
            yield Finding(parameter.pointer, message, "give it format 'uuid'")


def mixed_times(_node: Node, scope: Scope) -> Iterator[Finding]:
    """For each name of a time, the first place of every further way to tell it."""
    for name, places in _properties(scope, _TIME).items():
        yield from _ways(name, [(pointer, _how(schema)) for pointer, schema in places])


def mixed_types(_node: Node, scope: Scope) -> Iterator[Finding]:
    """For each name of an id, the first place of every further type."""
    for name, places in _properties(scope, _ID).items():
        yield from _ways(name, [(pointer, _type(schema)) for pointer, schema in places])


def _ways(name: str, places: list[tuple[str, str | None]]) -> Iterator[Finding]:
    """A finding at the first place of each way but the commonest that says what it is."""
    first: dict[str, str] = {}
    counts: dict[str, int] = defaultdict(int)
    for pointer, way in places:
        if way:
            first.setdefault(way, pointer)
            counts[way] += 1
    common = max(counts, key=lambda way: (way != _PLAIN_TEXT, counts[way]), default="")
    for way, pointer in first.items():
        if way != common:
            message = f"{name!r} is {way} here, {common} at {first[common]}"
            is_dated = {way, common} == {_PLAIN_TEXT, _DATE_TIME}
            yield Finding(pointer, message, "give it format 'date-time'" if is_dated else None)


def _how(schema: dict[str, Any]) -> str | None:
    """How a schema tells a time; None if it does not say, or pins the text otherwise."""
    found = _type(schema)
    if found == "a string":
        if schema.get("format") == "date-time":
            return _DATE_TIME
        return None if any(word in schema for word in _PINNED) else _PLAIN_TEXT
    return "a number" if found in {"an integer", "a number"} else None


def _type(schema: dict[str, Any]) -> str | None:
    found = [kind for kind in kinds(schema) if kind != "null"]
    return _NAMED.get(found[0]) if len(found) == 1 else None


def _is_text(schema: dict[str, Any]) -> bool:
    return _type(schema) == "a string"


def _properties(scope: Scope, names: re.Pattern[str]) -> dict[str, list[_Place]]:
    """The properties of the document whose names match, with their pointers and schemas."""
    found = defaultdict(list)
    for schema in scope.nodes.get("schema", ()):
        properties = schema.value.get("properties")
        for name, each in properties.items() if isinstance(properties, dict) else ():
            target = scope.follow(each) if names.search(name) else None
            if isinstance(target, dict) and not _is_pinned_beside(schema, name, target, scope):
                found[name].append((join(schema.pointer, "properties", name), target))
    return found


def _is_pinned_beside(branch: Node, name: str, plain: dict[str, Any], scope: Scope) -> bool:
    """Whether another part of the same allOf says what a plain property of a part looks like."""
    if any(word in plain for word in _PINNED) or not isinstance(branch.parent, list):
        return False
    if not branch.pointer.rpartition("/")[0].endswith("/allOf"):
        return False
    others = (part for beside in branch.parent for part in scope.parts(beside))
    named = (scope.follow(part.get("properties", {}).get(name)) for part in others)
    return any(isinstance(each, dict) and set(_PINNED) & each.keys() for each in named)


CHECKS: Final = (
    Check(ID_WITHOUT_FORMAT, "openapi", ids_without_format),
    Check(MIXED_TIMES, "openapi", mixed_times),
    Check(MIXED_TYPES, "openapi", mixed_types),
)
