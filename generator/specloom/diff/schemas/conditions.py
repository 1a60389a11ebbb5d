"""The keywords of a schema that can only be told to be the same or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.value_text import text_of

from .form import Opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.side import Side

Conditions = tuple[Opaque, ...]

_BESIDE: Final[dict[str, tuple[str, ...]]] = {
    "not": (),
    "if": ("then", "else"),
    "contains": ("minContains", "maxContains"),
    "unevaluatedItems": (),
    "dependentSchemas": (),
    "dependentRequired": (),
    "$dynamicRef": (),
}


def conditions(
    side: Side, pointer: str, schema: dict[str, Any]
) -> Iterator[tuple[str, Conditions]]:
    """Each such keyword that asks for anything, with those that belong to it."""
    for keyword, beside in _BESIDE.items():
        if keyword in schema and not _says_nothing(keyword, schema):
            names = [keyword, *(name for name in beside if name in schema)]
            plain: list[Any] = []
            pointers: list[str] = []
            for name in names:
                within = list(_schemas(side, pointer, name, schema[name]))
                pointers += within
                plain.append([name, _plain(name, schema[name])])
            yield keyword, (Opaque(text_of(plain), tuple(pointers)),)


def _says_nothing(keyword: str, schema: dict[str, Any]) -> bool:
    value = schema[keyword]
    if keyword == "not":
        return value is False
    if keyword == "if":
        return "then" not in schema and "else" not in schema
    if keyword == "contains":
        return schema.get("minContains") == 0 and "maxContains" not in schema
    return value is True or value == {}


def _schemas(side: Side, pointer: str, name: str, value: Any) -> Iterator[str]:
    if name == "dependentSchemas" and isinstance(value, dict):
        yield from (side.child(pointer, name, key) for key in sorted(value))
    elif name not in _WITHOUT_SCHEMA:
        yield side.child(pointer, name)


_WITHOUT_SCHEMA: Final = {
    "dependentSchemas", "dependentRequired", "minContains", "maxContains", "$dynamicRef",
}  # fmt: skip


def _plain(name: str, value: Any) -> Any:
    """What a keyword says beside schemas, in one order."""
    if name == "dependentSchemas" and isinstance(value, dict):
        return sorted(value)
    if name == "dependentRequired" and isinstance(value, dict):
        return {
            key: sorted(map(str, names)) for key, names in value.items() if isinstance(names, list)
        }
    return value if name in _WITHOUT_SCHEMA else None
