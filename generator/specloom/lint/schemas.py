"""Rules on schemas: discriminators that choose, and formats that are registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join

from .check import Check, Finding
from .formats import REGISTERED
from .keywords import KEYWORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node

    from .scope import Scope

DISCRIMINATOR_WITHOUT_UNION = Rule(
    "OAS501",
    "discriminator-without-union",
    "discriminator stands beside neither oneOf nor anyOf",
    "A discriminator helps to choose among the alternatives of `oneOf` or `anyOf`; it validates "
    "nothing itself (OAS 3.2 §4.25). Without them the schema takes any object with the common "
    "properties, and each alternative that inherits it by `allOf` inherits the tag unnarrowed. "
    "List the alternatives in `oneOf`, and give each its tag by `const`.",
    Severity.WARNING,
)
UNREGISTERED_FORMAT = Rule(
    "OAS510",
    "unregistered-format",
    "format is not registered",
    "Only formats of the OpenAPI Format Registry mean the same to every reader; any other is "
    "ignored by most tools, and nothing is checked.",
    Severity.HINT,
)

UNKNOWN_KEYWORD = Rule(
    "OAS511",
    "unknown-keyword",
    "schema has a keyword that nothing defines",
    "Neither JSON Schema 2020-12 nor OpenAPI knows the keyword, so all tools pass it over: it is "
    "misspelt, or a comma in unquoted YAML has cut a text in two. Words of one's own begin with "
    "`x-`.",
    Severity.WARNING,
)

_MEANT = {"url": "uri", "guid": "uuid", "datetime": "date-time", "base64": "byte"}


def discriminators_without_union(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's discriminator, if it has nothing to choose from."""
    if "discriminator" in node.value and not {"oneOf", "anyOf"} & node.value.keys():
        place = join(node.pointer, "discriminator")
        yield Finding(place, DISCRIMINATOR_WITHOUT_UNION.summary, "list the alternatives in oneOf")


def unregistered_formats(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's format, if the registry does not know it."""
    name = node.value.get("format")
    if isinstance(name, str) and name not in REGISTERED:
        meant = _MEANT.get(name.lower())
        hint = f"{meant!r} is registered" if meant else None
        yield Finding(join(node.pointer, "format"), f"format {name!r} is not registered", hint)


def unknown_keywords(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's keywords that are neither defined nor one's own."""
    for keyword in node.value:
        if keyword not in KEYWORDS and not keyword.startswith("x-"):
            yield Finding(join(node.pointer, keyword), f"nothing defines {keyword!r}")


CHECKS = (
    Check(DISCRIMINATOR_WITHOUT_UNION, "schema", discriminators_without_union),
    Check(UNREGISTERED_FORMAT, "schema", unregistered_formats),
    Check(UNKNOWN_KEYWORD, "schema", unknown_keywords),
)
