"""The values that a schema lists, said so that they become literals of Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# What else than values a schema may say, so that it is no mere list of them. Bounds only narrow it.
_MORE: Final = {
    "$ref", "allOf", "anyOf", "oneOf", "not", "format", "properties", "items", "discriminator",
}  # fmt: skip
# All that a union within another may say besides, if its members are to become the other's.
_NOTES: Final = {"deprecated", "example", "examples", "title", "description"}
# Beyond, mypy takes no literal for one.
_MOST: Final = 2**63


def list_values(schema: dict[str, Any]) -> None:
    """Say in one list, once each, which values there are; nothing where Python has no literals."""
    for key in ("oneOf", "anyOf"):
        if key in schema:
            _list_together(schema, key)
    if not _is_literal(schema.get("const")):
        del schema["const"]
    if "enum" in schema:
        schema["enum"] = _once(schema["enum"])
        if not schema["enum"] or not all(map(_is_literal, schema["enum"])):
            del schema["enum"]


def _list_together(schema: dict[str, Any], key: str) -> None:
    """Put the values that members of a union list into one list, where the first of them stood."""
    members = [inner for part in schema[key] for inner in _members(part)]
    lists = [member for member in members if _is_enum(member)]
    if len(lists) < 2 or "discriminator" in schema:  # noqa: PLR2004 - one is a list already
        return
    together = {"enum": _once(value for member in lists for value in _values(member))}
    if len(lists) == len(members):
        del schema[key]
        schema.update(together)
        return
    first = next(member for member in members if _is_enum(member))
    schema[key] = [
        together if member is first else member
        for member in members
        if member is first or not _is_enum(member)
    ]


def _members(part: Any) -> list[Any]:
    """The members of a union within another, which has nothing else to say."""
    for key in ("oneOf", "anyOf"):
        if isinstance(part, dict) and key in part and _said(part) <= {key, *_NOTES}:
            return [inner for member in part[key] for inner in _members(member)]
    return [part]


def _said(schema: dict[str, Any]) -> set[str]:
    return {keyword for keyword in schema if not keyword.startswith("x-")}


def _is_enum(schema: Any) -> bool:
    return (
        isinstance(schema, dict)
        and bool({"enum", "const"} & schema.keys())
        and _MORE.isdisjoint(schema)
        and all(map(_is_literal, _values(schema)))
    )


def _values(schema: dict[str, Any]) -> list[Any]:
    values: list[Any] = schema.get("enum", [schema.get("const")])
    return values


def _once(values: Iterable[Any]) -> list[Any]:
    return list({(type(value), repr(value)): value for value in values}.values())


def _is_literal(value: Any) -> bool:
    if isinstance(value, int):
        return -_MOST <= value < _MOST
    return value is None or isinstance(value, str)
