"""`x-pagination` into the method that walks through the pages of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom import names
from specloom.document.objects import properties
from specloom.document.pointer import tokens
from specloom.document.references import follow
from specloom.ir import Kind, Paging
from specloom.media_types import is_json

from . import responses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .types import Types

_POSITIONS: Final = ("page", "offset", "cursor")
_STARTS: Final = {"page": 1, "offset": 0, "cursor": 0}


def can_page(operation: dict[str, Any], types: Types) -> bool:
    """Whether an operation gives one page after another, each as a value."""
    return "x-pagination" in operation and Kind.VALUE in responses.kinds(
        responses.answers(operation, types)
    )


def paging(
    operation: dict[str, Any], name: str, arguments: Mapping[str, str], types: Types
) -> Paging:
    """The method called `name`; `arguments` are those of the query parameters."""
    word = operation["x-pagination"]
    position = next(key for key in _POSITIONS if key in word)
    start = _default(operation, word[position], types.tree)
    return Paging(
        name,
        names.constant_name(name),
        _item_type(operation, word["items"], types),
        arguments[word[position]],
        word["items"],
        start if isinstance(start, int) else _STARTS[position],
        position == "offset",
        word["next"] if position == "cursor" else None,
        word.get("more"),
    )


def _default(operation: dict[str, Any], name: str, tree: dict[str, Any]) -> Any:
    """What the server takes for a query parameter that is left out."""
    for parameter in operation.get("parameters", ()):
        if (parameter["in"], parameter["name"]) == ("query", name):
            schema = follow(tree, parameter.get("schema", {}))
            return schema.get("default") if isinstance(schema, dict) else None
    return None


def _item_type(operation: dict[str, Any], pointer: str, types: Types) -> str:
    """The type of the items that a pointer into an answer leads to, if every answer says it."""
    found = {
        types.read(_items(types.tree, media.get("schema"), pointer))
        for response in responses.successful(operation).values()
        for media_type, media in response.get("content", {}).items()
        if is_json(media_type)
    }
    return found.pop() if len(found) == 1 else "Any"


def _items(tree: dict[str, Any], schema: Any, pointer: str) -> Any:
    """The schema of the items of a list."""
    for token in tokens(pointer):
        schema = properties(tree, schema).get(token)
    target = follow(tree, schema)
    return target.get("items") if isinstance(target, dict) else None
