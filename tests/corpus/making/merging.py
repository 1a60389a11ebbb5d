"""A schema with what it refers to, its `allOf` and a branch of each union into a flat one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
_LEAST = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
_UNIONS = ("oneOf", "anyOf")
_LONGEST = 40


def merged(
    schema: Any, definitions: dict[str, Any], choose: Callable[[list[Any]], Any]
) -> dict[str, Any]:
    """One flat schema; `choose` gives a branch of a union. RecursionError for a loop."""
    flat: dict[str, Any] = {}
    _into(flat, schema, definitions, choose, chooses_child=True, steps=0)
    for name, tag in flat.pop("x-tag", {}).items():
        properties = flat["properties"] = {**flat.get("properties", {})}
        own = merged(properties.get(name, {}), definitions, lambda options: options[0])
        # A component's name is a tag only where the component doesn't say otherwise itself.
        if not own.keys() & {"const", "enum"} or tag in own.get("enum", ()):
            properties[name] = {"const": tag}
        flat["required"] = list(dict.fromkeys([*flat.get("required", []), name]))
        flat.setdefault("type", "object")
    return flat


def _into(  # noqa: C901, PLR0913 (a line for each word that combines schemas)
    flat: dict[str, Any],
    schema: Any,
    definitions: dict[str, Any],
    choose: Callable[[list[Any]], Any],
    *,
    chooses_child: bool,
    steps: int,
) -> None:
    if steps > _LONGEST:
        raise RecursionError
    if not isinstance(schema, dict):
        if schema is False:
            flat["enum"] = []
        return

    def again(part: Any, *, chooses_child: bool = False) -> None:
        _into(flat, part, definitions, choose, chooses_child=chooses_child, steps=steps + 1)

    if "x-made" in schema:
        again(schema["x-made"], chooses_child=chooses_child)
        return
    if chooses_child and schema.get("x-children"):
        again(choose(schema["x-children"]), chooses_child=True)
        return
    if "$ref" in schema:
        again(definitions[schema["$ref"].removeprefix("#/$defs/")], chooses_child=chooses_child)
    for part in schema.get("allOf", ()):
        again(part)
    for word in _UNIONS:
        if schema.get(word):
            again(choose(schema[word]), chooses_child=True)
    for word, value in schema.items():
        if word not in {"$ref", "$defs", "allOf", "oneOf", "anyOf", "x-children"}:
            flat[word] = _both(word, flat[word], value) if word in flat else value


def _both(word: str, one: Any, other: Any) -> Any:  # noqa: PLR0911 (one for each word)
    if word == "properties":
        return {n: _all_of(one.get(n), other.get(n)) for n in [*one, *other]}
    if word in {"required", "x-left-out", "x-examples"}:
        return [*one, *(item for item in other if item not in one)]
    if word in _MOST:
        return max(one, other)
    if word in _LEAST:
        return min(one, other)
    if word == "enum":
        return [item for item in one if item in other]
    if word == "type":
        return _types(one, other)
    if word in {"items", "additionalProperties"}:
        return _all_of(one, other)
    if word in {"x-tag", "patternProperties"}:
        return {**other, **one}
    return one or other


def _all_of(one: Any, other: Any) -> Any:
    if one is None or one is True or one == other:
        return other
    if other is None or other is True:
        return one
    return {"allOf": [one, other]}


def _types(one: Any, other: Any) -> Any:
    first = [one] if isinstance(one, str) else one
    second = [other] if isinstance(other, str) else other
    both = [kind for kind in first if kind in second]
    if not both and {*first, *second} == {"integer", "number"}:
        return "integer"
    return both or one
