"""The bounds of numbers into one spelling, and what a slot's facts leave of its values."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from .form import Fact, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIRS: Final = (
    ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties"),
)  # fmt: skip


def is_number(value: Any) -> bool:
    """Whether a value is a JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number_range(schema: dict[str, Any]) -> Iterator[tuple[str, tuple[float, bool]]]:
    """The bounds of a number: of the least, whether it is excluded; of the most, included."""
    least = [(schema[name], excluded) for name, excluded in _LEAST if is_number(schema.get(name))]
    if least:
        yield "minimum", max(least)
    most = [(schema[name], included) for name, included in _MOST if is_number(schema.get(name))]
    if most:
        yield "maximum", min(most)


_LEAST: Final = (("minimum", False), ("exclusiveMinimum", True))
_MOST: Final = (("maximum", True), ("exclusiveMaximum", False))


def settled(name: str, slot: Slot) -> Slot | None:
    """A slot in its shortest spelling; None if no value is left."""
    if name == "number":
        slot = _whole(slot)
    if name in {"number", "string"} and "enum" in slot:
        slot = _listed(name, slot)
    if name == "boolean" and "enum" in slot and len(slot["enum"].value) > 1:
        slot = {keyword: fact for keyword, fact in slot.items() if keyword != "enum"}
    if name == "null":
        slot = {
            keyword: fact for keyword, fact in slot.items() if keyword != "enum" or not fact.value
        }
    return None if _is_empty(slot) else slot


def _is_empty(slot: Slot) -> bool:
    if "enum" in slot and not slot["enum"].value:
        return True
    if "minimum" in slot and "maximum" in slot:
        (least, excluded), (most, included) = slot["minimum"].value, slot["maximum"].value
        return bool(least > most or (least == most and (excluded or not included)))
    return any(
        least in slot and most in slot and slot[least].value > slot[most].value
        for least, most in _PAIRS
    )


def _whole(slot: Slot) -> Slot:
    """A number's slot; where only integers are left, with bounds that are integers."""
    slot = dict(slot)
    if "multipleOf" in slot:
        multiples, place = slot["multipleOf"]
        if any(_is_whole(one) for one in multiples) and "integer" not in slot:
            slot["integer"] = Fact(True, place)  # noqa: FBT003 -- a fact's value
        kept = frozenset(one for one in multiples if not ("integer" in slot and one == 1))
        slot["multipleOf"] = Fact(kept, place)
        if not kept:
            del slot["multipleOf"]
    if "integer" in slot:
        if "minimum" in slot and math.isfinite(slot["minimum"].value[0]):
            (least, excluded), place = slot["minimum"]
            slot["minimum"] = Fact(
                (math.floor(least) + 1 if excluded else math.ceil(least), False), place
            )
        if "maximum" in slot and math.isfinite(slot["maximum"].value[0]):
            (most, included), place = slot["maximum"]
            slot["maximum"] = Fact(
                (math.floor(most) if included else math.ceil(most) - 1, True), place
            )
    return slot


def _is_whole(value: float) -> bool:
    return isinstance(value, int) or value.is_integer()


def _listed(name: str, slot: Slot) -> Slot:
    """A slot whose values are listed: those that fit, in place of the bounds that say which."""
    texts, place = slot["enum"]
    kept = fitting(name, slot, texts)
    left = {keyword: fact for keyword, fact in slot.items() if keyword not in _SAID_BY_LIST[name]}
    return {**left, "enum": Fact(kept, place)}


def fitting(name: str, slot: Slot, texts: frozenset[str]) -> frozenset[str]:
    """The values, as JSON, that a slot's bounds allow; those of other types are not judged."""
    if name not in _SAID_BY_LIST:
        return frozenset()
    fits = _number_fits if name == "number" else _string_fits
    return frozenset(text for text in texts if fits(slot, json.loads(text)))


_SAID_BY_LIST: Final = {
    "number": {"integer", "minimum", "maximum", "multipleOf"},
    "string": {"minLength", "maxLength"},
}


def _number_fits(slot: Slot, value: float) -> bool:
    if "integer" in slot and not _is_whole(value):
        return False
    multiples = slot["multipleOf"].value if "multipleOf" in slot else ()
    if not all(_is_multiple(value, one) for one in multiples):
        return False
    if "minimum" in slot:
        least, excluded = slot["minimum"].value
        if value < least or (excluded and value == least):
            return False
    if "maximum" in slot:
        most, included = slot["maximum"].value
        if value > most or (not included and value == most):
            return False
    return True


def _is_multiple(value: float, one: float) -> bool:
    # As it is written: to a float 0.3 is no multiple of 0.1.
    finite = math.isfinite(value) and math.isfinite(one)
    return finite and Fraction(repr(value)) % Fraction(repr(one)) == 0


def _string_fits(slot: Slot, value: str) -> bool:
    least = slot["minLength"].value if "minLength" in slot else 0
    most = slot["maxLength"].value if "maxLength" in slot else math.inf
    return bool(least <= len(value) <= most)
