"""A rule on what prose tells of several fields together, and the schema does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

from .told import facts_of
from .told_values import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

    from .told import Facts

RELATION_IN_PROSE = Rule(
    "OAS596",
    "relation-in-prose",
    "the description tells how fields depend on each other, the schema does not",
    "That one of several fields must be there, or one because of another, is told to people alone: "
    "the schema takes requests that the server refuses. Say it by `anyOf` or `oneOf` with "
    "`required`, by `dependentRequired`, or by `if` and `then` "
    "(JSON Schema 2020-12 Core §10.2 and Validation §6.5.4).",
    Severity.HINT,
)

_NAME: Final = r"[`'\"]([\w.-]{1,60})[`'\"]"
_ONE_OF: Final = re.compile(
    rf"\b(?:at least one|exactly one|one and only one|only one|one) of:? {_NAME}"
    rf"(?:, {_NAME})?(?:, {_NAME})?(?:, {_NAME})?,? (?:or|and) {_NAME}"
    rf"|\beither {_NAME} or {_NAME} (?:must|should|has to|is required|needs to)\b",
    re.IGNORECASE,
)
_REQUIRED: Final = re.compile(
    rf"\b(?:required|mandatory|must be (?:set|given|provided|specified|present))(?: only)? "
    rf"(?:if|when|unless) (?:the )?{_NAME}",
    re.IGNORECASE,
)
_WORDS: Final = ("one of", "either", "required ", "mandatory ", "must be ")
_SAYS: Final = (
    "oneOf", "anyOf", "if", "not", "dependentRequired", "dependentSchemas", "minProperties",
)  # fmt: skip


def relations(node: Node, scope: Scope) -> Iterator[Finding]:
    """The sentences about several fields of an object whose schema says nothing of the kind."""
    properties = node.value.get("properties")
    if not isinstance(properties, dict) or isinstance(node.parent, list):
        return
    for field, text in _texts(node, properties):
        found = _told(text, _REQUIRED if field else _ONE_OF)
        others = [name for name in found if name in properties]
        said = facts_of(node.value, scope) if found and len(others) == len(found) else None
        if said and not said.has(*_SAYS) and not _are_all_required(others, said):
            named = " and ".join(f"`{name}`" for name in others)
            message = f"what the description tells of {named} is not in the schema"
            where = ("properties", *field, "description") if field else ("description",)
            yield Finding(join(node.pointer, *where), message)


def _texts(node: Node, properties: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is told of an object, and of each of its fields by its name."""
    for field, schema in (((), node.value), *(((name,), properties[name]) for name in properties)):
        text = schema.get("description") if isinstance(schema, dict) else None
        if isinstance(text, str) and mentions(text, _WORDS):
            yield field, text


def _told(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The names of the fields that a sentence is about; a field's own name is left unsaid."""
    found = pattern.search(text)
    return tuple(name for name in found.groups() if name) if found else ()


def _are_all_required(names: list[str], said: Facts) -> bool:
    """Whether each is required anyway; one that another needs need not be told apart."""
    required = {name for listed in said.values("required") for name in listed}
    return len(names) > 1 and set(names) <= required


CHECKS: Final = (Check(RELATION_IN_PROSE, "schema", relations),)
