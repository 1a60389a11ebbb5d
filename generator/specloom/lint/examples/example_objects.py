"""Rules on Example Objects: that there are some, and that each holds its example."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.document.value_text import text_of
from specloom.lint.check import Check, Finding
from specloom.media_types import is_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

EXAMPLE_WITHOUT_VALUE = Rule(
    "OAS604",
    "example-without-value",
    "Example Object has no value",
    "An Example Object holds its example in `value`, or in `externalValue`, or, from 3.2 on, in "
    "`dataValue` and `serializedValue` (OAS 3.2 §4.19). Without any of them, or with the example "
    "written in their place, readers find nothing.",
    Severity.WARNING,
)
SERIALIZED_OTHERWISE = Rule(
    "OAS605",
    "serialized-otherwise",
    "serializedValue is not what dataValue says",
    "`dataValue` is an example as data and `serializedValue` the same as it is sent (OAS 3.2 "
    "§4.19.1). Where they differ, one of them is out of date.",
    Severity.WARNING,
)
NO_EXAMPLE = Rule(
    "OAS607",
    "no-example",
    "media type has no example",
    "An example shows at a glance what a schema says at length, and mock servers answer with it. "
    "Give one in the media type, or in the schema or each of its properties.",
    Severity.INFO,
    recommended=False,
)
EXCLUSIVE_FIELDS = Rule(
    "OAS608",
    "exclusive-example-fields",
    "example is given in two fields that exclude one another",
    "`value` and `externalValue` exclude one another, and so do `example` and `examples` (OAS "
    "3.1.1 §4.8.19.1, §4.8.14.1); the schemas of 3.0 and of 3.1 each overlook one of the two. "
    "Readers take one of them, and not all the same. Keep one.",
)

_VALUES: Final = ("value", "externalValue", "dataValue", "serializedValue")
_STATING: Final = frozenset({"example", "examples", "const", "enum", "default"})


def examples_without_value(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The Example Object, if it holds none."""
    if not any(field in node.value for field in _VALUES):
        yield Finding(node.pointer, EXAMPLE_WITHOUT_VALUE.summary, "write the example in `value`")


def serialized_otherwise(node: Node, scope: Scope) -> Iterator[Finding]:
    """The texts of JSON among a media type's examples that do not say what is beside them."""
    examples = node.value.get("examples")
    if not isinstance(examples, dict) or not is_json(str(node.key)):
        return
    for name, entry in examples.items():
        pointer, example = scope.target(join(node.pointer, "examples", name), entry)
        text = example.get("serializedValue")
        if isinstance(text, str) and not _says(text, example):
            yield Finding(join(pointer, "serializedValue"), _wrong(text))


def _says(text: str, example: dict[str, Any]) -> bool:
    try:
        value = json.loads(text)
    except ValueError:
        return False
    return "dataValue" not in example or text_of(value) == text_of(example["dataValue"])


def _wrong(text: str) -> str:
    try:
        json.loads(text)
    except ValueError:
        return "serializedValue is no JSON"
    return SERIALIZED_OTHERWISE.summary


def media_types_without_example(node: Node, scope: Scope) -> Iterator[Finding]:
    """The media type, if neither it nor its schema shows what a value is like."""
    is_shown = "example" in node.value or node.value.get("examples")
    if "schema" in node.value and not is_shown and not _is_shown(node.value["schema"], scope):
        yield Finding(node.pointer, NO_EXAMPLE.summary)


def _is_shown(schema: Any, scope: Scope) -> bool:
    """Whether a schema has an example, or all that it is made of."""
    pending, seen = [schema], set[int]()
    while pending:
        parts = list(scope.parts(pending.pop()))
        # What has been looked at is shown, or the search would be over.
        if any(id(part) in seen or not _STATING.isdisjoint(part) for part in parts):
            continue
        seen.update(map(id, parts))
        within = [inner for part in parts for inner in _within(part)]
        if not within:
            return False
        pending.extend(within)
    return True


def _within(schema: dict[str, Any]) -> Iterator[Any]:
    yield from schema.get("properties", {}).values()
    yield from (schema["items"],) if "items" in schema else ()
    yield from [*schema.get("oneOf", ()), *schema.get("anyOf", ())][:1]


def values_given_twice(node: Node, scope: Scope) -> Iterator[Finding]:
    """The Example Object, if it holds one example and leads to another, in 3.0."""
    if {"value", "externalValue"} <= node.value.keys() and scope.version.startswith("3.0"):
        yield Finding(node.pointer, "`value` and `externalValue` exclude one another")


def examples_given_twice(node: Node, scope: Scope) -> Iterator[Finding]:
    """The object, if it has an example of its own beside others, in 3.1."""
    if {"example", "examples"} <= node.value.keys() and scope.version.startswith("3.1"):
        yield Finding(join(node.pointer, "example"), "`example` and `examples` exclude one another")


CHECKS = (
    Check(EXCLUSIVE_FIELDS, "example", values_given_twice, as_written=True),
    Check(EXCLUSIVE_FIELDS, "media-type", examples_given_twice, as_written=True),
    Check(EXCLUSIVE_FIELDS, "parameter", examples_given_twice, as_written=True),
    Check(EXCLUSIVE_FIELDS, "header", examples_given_twice, as_written=True),
    Check(EXAMPLE_WITHOUT_VALUE, "example", examples_without_value),
    Check(SERIALIZED_OTHERWISE, "media-type", serialized_otherwise),
    Check(NO_EXAMPLE, "media-type", media_types_without_example),
)
