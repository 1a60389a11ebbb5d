"""Rules on `type`: keywords that have no effect on it, and arrays of nobody knows what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.grouping import once
from specloom.lint.json_types import types_of

from .formats import TEXT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

ARRAY_WITHOUT_ITEMS = Rule(
    "OAS525",
    "array-without-items",
    "array does not say what its items are",
    "Without `items` (or `prefixItems`) an array may hold anything, so a client has to guess. 3.0 "
    "requires `items` beside `type: array` (OAS 3.0.4 §4.7.24.1). Where anything is meant, "
    "`items: {}` says so.",
    Severity.WARNING,
)
KEYWORD_OF_OTHER_TYPE = Rule(
    "OAS526",
    "keyword-of-other-type",
    "keyword has no effect on the schema's type",
    "A keyword looks only at values of its own type and passes all others (JSON Schema 2020-12 "
    "Validation §4.1), so `maxLength` beside `type: integer` limits nothing. The keyword belongs "
    "elsewhere (into `items`, often), or the type is wrong. Copies of one schema are told once.",
    Severity.WARNING,
)
FORMAT_OF_OTHER_TYPE = Rule(
    "OAS527",
    "format-of-other-type",
    "format has no effect on the schema's type",
    "A format looks only at values of the types that the OpenAPI Format Registry gives it and "
    "passes all others: `date-time` is of text, so it says nothing of an integer. Correct the "
    "type or the format.",
    Severity.WARNING,
)
KEYWORD_ALONE = Rule(
    "OAS528",
    "keyword-alone",
    "keyword has no effect without another",
    "Some keywords only work beside another: `then` and `else` beside `if` (JSON Schema 2020-12 "
    "Core §10.2.2), `minContains` and `maxContains` beside `contains`, `contentSchema` beside "
    "`contentMediaType`. Alone they are passed over. Add what is missing.",
    Severity.WARNING,
)

_NUMBERS: Final = frozenset({"number", "integer"})
_KEYWORDS: Final = {
    "string": ("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
    "object": (
        "properties", "required", "additionalProperties", "patternProperties", "minProperties",
        "maxProperties", "propertyNames", "dependentRequired",
    ),
}  # fmt: skip
_TYPES: Final = {keyword: kind for kind, keywords in _KEYWORDS.items() for keyword in keywords}
_NUMERIC_FORMATS: Final = frozenset(
    {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double"}
)
_ITEMS: Final = frozenset({"items", "prefixItems", "contains", "unevaluatedItems"})
_SAYING: Final = _ITEMS | {"$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "enum", "const"}
_PARTNERS: Final = {
    "then": "if", "else": "if", "minContains": "contains", "maxContains": "contains",
    "contentSchema": "contentMediaType",
}  # fmt: skip


def arrays_without_items(node: Node, scope: Scope) -> Iterator[Finding]:
    """The schema, if it is an array and neither it nor what it is a branch of says of what."""
    schema = node.value
    if "type" not in schema or not _is_array(schema["type"]) or not _SAYING.isdisjoint(schema):
        return
    if node.pointer not in scope.bases and _ITEMS.isdisjoint(scope.whole(node).keywords):
        yield Finding(node.pointer, ARRAY_WITHOUT_ITEMS.summary, "say what the items are")


def _is_array(types: Any) -> bool:
    """Whether arrays are all that is taken; what takes other types as well may be anything."""
    return types == "array" or (isinstance(types, list) and {"array", "null"} >= {"array", *types})


def keywords_of_other_type(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The keywords that no type of their schema heeds, those of equal schemas once."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for node in scope.nodes.get("schema", ()):
        for finding in _unheeded(node):
            alike.setdefault((finding.message, repr(node.value)), []).append(finding)
    yield from (finding for findings in alike.values() for finding in once(findings))


def _unheeded(node: Node) -> Iterator[Finding]:
    if "type" not in node.value:
        return
    types = types_of(node.value)
    for keyword in node.value:
        kind = _TYPES.get(keyword)
        if kind and kind not in types and not (kind == "number" and "integer" in types):
            message = f"{keyword!r} is of {kind}s, and has no effect on {_all(types)}"
            yield Finding(join(node.pointer, keyword), message)


def formats_of_other_type(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's format, if no type of its own heeds it."""
    name = node.value.get("format")
    if "type" not in node.value or not isinstance(name, str):
        return
    types = types_of(node.value) - {"null"}
    # A number of 64 bits is often sent as text, so that no reader rounds it.
    numeric = name in _NUMERIC_FORMATS and types.isdisjoint({*_NUMBERS, "string"})
    if types and (numeric or (name in TEXT_FORMATS and "string" not in types)):
        message = f"format {name!r} has no effect on {_all(types)}"
        yield Finding(join(node.pointer, "format"), message)


def _all(types: frozenset[str]) -> str:
    named = types - {"integer"} if "number" in types else types
    return " or ".join(f"type {name}" for name in sorted(named))


def keywords_alone(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's keywords that lack the one that they work beside."""
    for keyword in _PARTNERS.keys() & node.value.keys():
        if _PARTNERS[keyword] not in node.value:
            message = f"{keyword!r} has no effect without {_PARTNERS[keyword]!r}"
            yield Finding(join(node.pointer, keyword), message)


CHECKS = (
    Check(ARRAY_WITHOUT_ITEMS, "schema", arrays_without_items),
    Check(KEYWORD_OF_OTHER_TYPE, "openapi", keywords_of_other_type),
    Check(FORMAT_OF_OTHER_TYPE, "schema", formats_of_other_type),
    Check(KEYWORD_ALONE, "schema", keywords_alone),
)
