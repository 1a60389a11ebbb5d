"""A 3.0 or 3.1 tree into the same in OpenAPI 3.2, so that one dialect is left to know.

Changes spelling, never meaning; knows nothing of corrections. (OAS 3.1 and 3.2, appendix on
migration; JSON Schema 2020-12.)
"""

from __future__ import annotations

import copy
from typing import Any, Final

from .walk import Node, walk

LIFTED: Final = "3.2.0"

_BOUNDS: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_COUNTS: Final = (
    "minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains",
    "minProperties", "maxProperties",
)  # fmt: skip
_BESIDE_REFERENCE: Final = {"$ref", "description", "summary"}


def lift(tree: dict[str, Any]) -> dict[str, Any]:
    """A copy of the tree in OpenAPI 3.2; pointers into it keep naming the same things."""
    lifted = copy.deepcopy(tree)
    from_3_0 = str(tree["openapi"]).startswith("3.0")
    # The list is made first, since lifting a schema may add to what is walked.
    for node in list(walk(lifted)):
        if node.kind == "schema" and isinstance(node.value, dict):
            _lift_counts(node.value)
            if from_3_0:
                _lift_schema(node)
    lifted["openapi"] = LIFTED
    return lifted


def _lift_counts(schema: dict[str, Any]) -> None:
    # JSON Schema takes 10.0 for an integer (2020-12 Core §4.2.3), Python does not.
    for keyword in _COUNTS:
        count = schema.get(keyword)
        if isinstance(count, float) and count.is_integer():
            schema[keyword] = int(count)


def _lift_schema(node: Node) -> None:
    schema = node.value
    if "$ref" in schema:
        # In 3.0 what stands beside a reference has no effect (OAS 3.0 §4.7.23).
        for keyword in set(schema) - _BESIDE_REFERENCE:
            del schema[keyword]
        return
    _lift_nullable(schema)
    for exclusive, inclusive in _BOUNDS.items():
        _lift_bound(schema, exclusive, inclusive)
    if "example" in schema:
        schema["examples"] = [schema.pop("example")]


def _lift_nullable(schema: dict[str, Any]) -> None:
    # Without a type, `nullable` has no effect (OAS 3.0.3 §4.7.24.1).
    if schema.pop("nullable", False) is not True or not isinstance(schema.get("type"), str):
        return
    schema["type"] = [schema["type"], "null"]


def _lift_bound(schema: dict[str, Any], exclusive: str, inclusive: str) -> None:
    if schema.get(exclusive) is True and inclusive in schema:
        schema[exclusive] = schema.pop(inclusive)
    elif isinstance(schema.get(exclusive), bool):
        del schema[exclusive]
