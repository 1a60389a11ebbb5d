"""A value into what two words on its schemas say against it.

`x-extensible-enum` lists the values that are known, `x-equals` names what a value repeats; both
are described in the README. Knows nothing of answers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from .instances import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .schemas import Schemas

EXTENSIBLE_ENUM: Final = "x-extensible-enum"
EQUALS: Final = "x-equals"


def undocumented_values(
    schemas: Schemas, pointer: str, value: Any, place: str = ""
) -> Iterator[tuple[str, str]]:
    """The values that are not among those known, null aside: messages, and where in the value."""
    for instance in walk(schemas, pointer, value, place):
        known = instance.schema.get(EXTENSIBLE_ENUM)
        if isinstance(known, list) and not _is_known(instance.value, known):
            yield f"{_shown(instance.value)} is not among the values known", instance.place


def unequal_values(
    schemas: Schemas,
    pointer: str,
    value: Any,
    resolve: Callable[[str], Any],
    place: str = "",
) -> Iterator[tuple[str, str]]:
    """The values that differ from what they repeat: messages, and where in the value.

    `resolve` gives what a runtime expression stands for (OAS 3.2 §4.20.2), or raises LookupError
    if there is nothing to compare with.
    """
    for instance in walk(schemas, pointer, value, place):
        expression = instance.schema.get(EQUALS)
        if not isinstance(expression, str):
            continue
        try:
            expected = resolve(expression)
        except LookupError:
            continue
        if not _equal(instance.value, expected):
            shown = f"{_shown(instance.value)} is not {_shown(expected)}"
            yield f"{shown}, as {expression} is", instance.place


def _is_known(value: Any, known: list[Any]) -> bool:
    return value is None or jsonschema_rs.is_valid({"enum": known}, value)


def _equal(value: Any, expected: Any) -> bool:
    """Equal as JSON; text that was sent in a URL or a header may stand for a number or a truth."""
    if isinstance(expected, str) and not isinstance(value, str):
        return json.dumps(value) == expected
    return jsonschema_rs.is_valid({"const": expected}, value)


def _shown(value: Any) -> str:
    return json.dumps(value)
