"""A schema into values at the edges of its limits, and just past them; whether a value breaks it.

Knows nothing of where values are sent. (JSON Schema 2020-12, Validation §6.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.objects import parts

from .simple_values import kind_of, simple_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.schemas import Schemas

_LONGEST: Final = 200_000
_MOST: Final = 2000


def edges(schemas: Schemas, pointer: str) -> Iterator[tuple[str, Any]]:
    """Values at and past each limit, named; which of them fit, the schema says."""
    kind = kind_of(schemas, pointer)
    limits: dict[str, Any] = {}
    for part in parts(schemas.tree, schemas.follow(pointer)[1]):
        limits |= part
    if kind in {"integer", "number"}:
        yield from _numbers(limits)
    elif kind == "string" and not limits.keys() & {"pattern", "format", "enum", "const"}:
        yield from _texts(limits)
    elif kind == "array":
        yield from _lists(schemas, pointer, limits)


def _numbers(limits: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, outwards in (
        ("minimum", -1), ("exclusiveMinimum", -1), ("maximum", 1), ("exclusiveMaximum", 1),
    ):  # fmt: skip
        limit = limits.get(name)
        if isinstance(limit, int | float) and not isinstance(limit, bool):
            yield f"{name}, {limit}", limit
            yield f"past {name}, {limit + outwards}", limit + outwards


def _texts(limits: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, outwards in (("minLength", -1), ("maxLength", 1)):
        limit = limits.get(name)
        if limit is not None and 0 < limit <= _LONGEST:
            yield f"{name}, {limit} characters", "a" * limit
            yield f"past {name}, {limit + outwards} characters", "a" * (limit + outwards)


def _lists(schemas: Schemas, pointer: str, limits: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if not isinstance(limits.get("items"), dict):
        return
    item = simple_value(schemas, f"{schemas.follow(pointer)[0]}/items")
    for name, outwards in (("minItems", -1), ("maxItems", 1)):
        limit = limits.get(name)
        if limit is not None and 0 < limit <= _MOST:
            yield f"{name}, {limit} items", [item] * limit
            yield f"past {name}, {limit + outwards} items", [item] * (limit + outwards)


def breaks(schemas: Schemas, pointer: str, value: Any) -> bool:
    """Whether a value breaks a schema by more than its formats, which servers pass over."""
    try:
        errors = list(schemas.errors(pointer, value))
        return len(errors) > len(list(schemas.format_errors(pointer, value)))
    except UnicodeEncodeError:
        return False  # a surrogate that stands alone is nothing to a validator
