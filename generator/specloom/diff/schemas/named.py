"""Where a change within schemas stands into what people call it, as `` `Pet.toys[].size` ``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.document.pointer import join, tokens

from . import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diagnostics import Rule
    from specloom.diff.side import Side

_LONGEST: Final = 60
# Their messages name the property themselves.
_OF_THE_OBJECT: Final = {
    rules.PROPERTY_ADDED, rules.PROPERTY_REMOVED, rules.REQUIRED, rules.OPTIONAL,
}  # fmt: skip
_BEFORE_NAMES: Final = {
    "paths", "webhooks", "content", "encoding", "pathItems", "mediaTypes", "examples",
}  # fmt: skip
_SCHEMAS: Final = {"schema", "itemSchema"}


def named(side: Side, pointer: str | None, rule: Rule) -> str:
    """The place in words, with what a document says in backticks; nothing if it has no name."""
    parts = tokens(pointer or "")
    if rule in _OF_THE_OBJECT and parts[-2:-1] == ["properties"]:
        del parts[-2:]
    if parts[:2] == ["components", "schemas"]:
        return _quoted("".join([*parts[2:3], *_steps(parts[3:])]))
    holder, rest = _holder(side, parts)
    steps = "".join(_steps(rest)).removeprefix(".")
    return " of ".join(filter(None, (steps and _quoted(steps), holder)))


def _holder(side: Side, parts: list[str]) -> tuple[str, list[str]]:
    """What holds a schema that is no component, and the way within that schema."""
    holder, at = "", 0
    while at < len(parts):
        word, name = parts[at], parts[at + 1] if at + 1 < len(parts) else ""
        if word in _SCHEMAS:
            return holder, parts[at + 1 :]
        at += 2
        if word == "responses":
            holder = f"the answer {name}" if name.isalnum() else f"the answer {_quoted(name)}"
        elif word == "headers":
            holder = f"the header {_quoted(name)}"
        elif word == "parameters":
            holder = _parameter(side.value(join("", *parts[:at])))
        elif word == "callbacks":
            at += 1
        elif word not in _BEFORE_NAMES:
            # A method, or a field that holds one object.
            at -= 1
            holder = "the request body" if word == "requestBody" else holder
    return holder, []


def _parameter(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    return f"the {value.get('in')} parameter {_quoted(str(value.get('name')))}"


def _steps(parts: list[str]) -> Iterator[str]:
    """The names on the way; what combines schemas is passed over, and so are keywords."""
    rest = iter(parts)
    for word in rest:
        if word in {"properties", "$defs", "dependentSchemas"}:
            yield f".{next(rest, '')}".removesuffix(".")
        elif word in {"items", "contains", "unevaluatedItems"}:
            yield "[]"
        elif word == "prefixItems":
            yield f"[{next(rest, '')}]"
        elif word in {"allOf", "anyOf", "oneOf"}:
            next(rest, None)
        elif word == "patternProperties":
            next(rest, None)
            yield ".*"


def _quoted(text: str) -> str:
    """A name, whose end says the most."""
    text = " ".join(text.split()).replace("`", "'")
    return f"`{text if len(text) <= _LONGEST else '…' + text[1 - _LONGEST :]}`"
