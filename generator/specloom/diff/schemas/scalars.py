"""What is asked of numbers, strings and counts: how each bound moved."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from . import bound_rules, rules
from .effects import Effect, Step, Told
from .ranges import fitting
from .words import listed, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.diagnostics import Rule

    from .form import Form, Slot

_LEAST: Final = {
    "minimum": bound_rules.MINIMUM,
    "minLength": bound_rules.MIN_LENGTH,
    "minItems": bound_rules.MIN_ITEMS,
    "minProperties": bound_rules.MIN_PROPERTIES,
}
_MOST: Final = {
    "maximum": bound_rules.MAXIMUM,
    "maxLength": bound_rules.MAX_LENGTH,
    "maxItems": bound_rules.MAX_ITEMS,
    "maxProperties": bound_rules.MAX_PROPERTIES,
}
_BOUNDS: Final = {**_LEAST, **_MOST}
# Other formats are only named, not checked.
_CHECKED: Final = frozenset(
    {
        "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname",
        "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uri-template", "uuid",
        "json-pointer", "relative-json-pointer", "regex", "decimal",
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double",
    }
)  # fmt: skip
_WITHIN: Final = {
    ("int8", "int16"), ("int8", "int32"), ("int8", "int64"), ("int16", "int32"),
    ("int16", "int64"), ("int32", "int64"), ("uint8", "uint16"), ("uint8", "uint32"),
    ("uint8", "uint64"), ("uint16", "uint32"), ("uint16", "uint64"), ("uint32", "uint64"),
    ("float", "double"), ("email", "idn-email"), ("hostname", "idn-hostname"),
    ("uri", "uri-reference"), ("uri", "iri"), ("uri", "iri-reference"), ("iri", "iri-reference"),
    ("uri-reference", "iri-reference"),
}  # fmt: skip


def bounds(old: Form, new: Form, name: str) -> Iterator[Step]:
    """What changed in the bounds, multiples, formats and patterns of one type."""
    olds, news = _less_what_lists_say(old.types[name], new.types[name], name)
    for keyword, rule in _BOUNDS.items():
        before, after = _bound(olds, keyword), _bound(news, keyword)
        if before != after:
            effect = _moved(before, after, is_least=keyword in _LEAST)
            yield _told(rule, (old, new), keyword, (_shown(before), _shown(after)), effect)
    for keyword, (rule, judge) in _SETS.items():
        before, after = _set(olds, keyword), _set(news, keyword)
        if before != after:
            texts = [_listed(keyword, slot) for slot in (olds, news)]
            effect = judge(before, after)
            yield _told(rule, (old, new), keyword, (texts[0], texts[1]), effect)
    if "uniqueItems" in olds.keys() ^ news.keys():
        effect = Effect.NARROWS if "uniqueItems" in news else Effect.WIDENS
        texts = ["`true`" if "uniqueItems" in slot else "" for slot in (olds, news)]
        yield _told(bound_rules.UNIQUE, (old, new), "uniqueItems", (texts[0], texts[1]), effect)


def _told(
    rule: Rule, forms: tuple[Form, Form], keyword: str, texts: tuple[str, str], effect: Effect
) -> Told:
    before, after = texts
    if before and after:
        message = f"`{keyword}` was {before}, is {after}"
    else:
        message = f"`{keyword}` {after} added" if after else f"`{keyword}` {before} taken away"
    return Told(rule, message, place(forms[0], keyword), place(forms[1], keyword), effect)


def place(form: Form, keyword: str) -> str:
    """Where a form says something; itself if it doesn't."""
    found = (slot[keyword].pointer for slot in form.types.values() if keyword in slot)
    return next(found, form.pointer)


def _less_what_lists_say(old: Slot, new: Slot, name: str) -> tuple[Slot, Slot]:
    """Both without the bounds that values which are listed on one side keep anyhow."""
    if ("enum" in old) == ("enum" in new):
        return old, new
    list_, other = (old, new) if "enum" in old else (new, old)
    if fitting(name, other, list_["enum"].value) != list_["enum"].value:
        return old, new
    bounds = {keyword: fact for keyword, fact in other.items() if keyword not in _BOUNDS}
    return (list_, bounds) if "enum" in old else (bounds, list_)


def _bound(slot: Slot, keyword: str) -> Any:
    return slot[keyword].value if keyword in slot else None


def _shown(bound: Any) -> str:
    if bound is None:
        return ""
    return value(bound[0]) if isinstance(bound, tuple) else value(bound)


def _moved(old: Any, new: Any, *, is_least: bool) -> Effect:
    if old is None or new is None:
        return Effect.NARROWS if old is None else Effect.WIDENS
    return Effect.NARROWS if (new > old) == is_least else Effect.WIDENS


def _set(slot: Slot, keyword: str) -> frozenset[Any]:
    found: frozenset[Any] = slot[keyword].value if keyword in slot else frozenset()
    if keyword == "multipleOf" and found and "integer" in slot:
        return found | {1}
    return found


def _listed(keyword: str, slot: Slot) -> str:
    return listed(map(str, slot[keyword].value)) if keyword in slot else ""


def _by_implication(
    implies: Callable[[Any, Any], bool],
) -> Callable[[frozenset[Any], frozenset[Any]], Effect]:
    """Judges two sets of conditions by which single ones follow from one another."""

    def judge(old: frozenset[Any], new: frozenset[Any]) -> Effect:
        narrows = any(not any(implies(known, one) for known in old) for one in new)
        widens = any(not any(implies(known, one) for known in new) for one in old)
        if narrows and widens:
            return Effect.CHANGES
        return Effect.NARROWS if narrows else Effect.WIDENS if widens else Effect.TOLD

    return judge


def _is_multiple(known: float, one: float) -> bool:
    return Fraction(repr(known)) % Fraction(repr(one)) == 0


def _formats(old: frozenset[str], new: frozenset[str]) -> Effect:
    if old ^ new <= _CHECKED:
        return _by_implication(lambda known, one: known == one or (known, one) in _WITHIN)(old, new)
    return Effect.UNKNOWN


def _contents(old: frozenset[str], new: frozenset[str]) -> Effect:
    return Effect.CHANGES if old and new else Effect.UNKNOWN


_SETS: Final[dict[str, tuple[Rule, Callable[[frozenset[Any], frozenset[Any]], Effect]]]] = {
    "multipleOf": (bound_rules.MULTIPLE, _by_implication(_is_multiple)),
    "pattern": (bound_rules.PATTERN, _by_implication(str.__eq__)),
    "format": (bound_rules.FORMAT, _formats),
    "contentMediaType": (bound_rules.CONTENT, _contents),
    "contentEncoding": (bound_rules.CONTENT, _contents),
}


def values(old: Form, new: Form, name: str) -> Iterator[Step]:
    """What changed in the values that are listed for one type."""
    before, after = (form.types[name].get("enum") for form in (old, new))
    if before is None and after is None:
        return
    places = place_of_values(old, name), place_of_values(new, name)
    if before is None or after is None:
        fact = before or after
        rule = rules.ENUM_CLOSED if before is None else rules.ENUM_OPENED
        effect = Effect.REDUCES if before is None else Effect.EXTENDS
        word = "now only" if before is None else "no longer only"
        yield Told(rule, f"{word} {listed(fact.value) if fact else ''}", *places, effect)
        return
    added, removed = after.value - before.value, before.value - after.value
    if added and removed and len(before.value) == len(after.value) == 1:
        message = f"was {listed(removed)}, is {listed(added)}"
        yield Told(rules.CONST, message, *places, Effect.CHANGES)
        return
    if added:
        yield Told(rules.ENUM_ADDED, f"{listed(added)} added", *places, Effect.EXTENDS)
    if removed:
        yield Told(rules.ENUM_REMOVED, f"{listed(removed)} taken away", *places, Effect.REDUCES)


def place_of_values(form: Form, name: str) -> str:
    """Where a form lists the values of a type; itself if it doesn't."""
    fact = form.types[name].get("enum")
    return fact.pointer if fact else form.pointer
