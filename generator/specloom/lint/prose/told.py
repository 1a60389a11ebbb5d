"""A description into its text, the name of what it describes, and all that the schema there says.

Knows nothing of what a text may tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.document.kinds import kinds
from specloom.document.pointer import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

DESCRIBED: Final = ("schema", "parameter", "header")
_COMBINATORS: Final = ("allOf", "anyOf", "oneOf")
_MOST_PARTS: Final = 64
"""A union of more is not looked through: prose about it says little of one value."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a schema says of a value, by itself and by all that it refers to or combines."""

    parts: tuple[dict[str, Any], ...]

    def has(self, *keywords: str) -> bool:
        """Whether any part has any of the keywords."""
        return any(keyword in part for part in self.parts for keyword in keywords)

    def values(self, keyword: str) -> list[Any]:
        """What the parts say by a keyword."""
        return [part[keyword] for part in self.parts if keyword in part]

    @property
    def types(self) -> set[str]:
        """The types that any part names."""
        return {kind for part in self.parts for kind in kinds(part)}

    @property
    def listed(self) -> list[Any]:
        """The values that the parts list one by one."""
        lists = [*self.values("enum"), *self.values("x-extensible-enum")]
        return [*self.values("const"), *(value for values in lists for value in values)]


def described(node: Node) -> str:
    """What is told of the one value that a schema, a parameter or a header is for.

    Nothing is taken from one of several alternatives of a value: what it says may hold for all of
    them, and stand in the schema around it.
    """
    text = node.value.get("description")
    if not isinstance(text, str) or (node.kind == "schema" and isinstance(node.parent, list)):
        return ""
    return text


def place(node: Node) -> str:
    """Where the description of an object stands."""
    return join(node.pointer, "description")


def facts(node: Node, scope: Scope) -> Facts:
    """All that is said of the value which a node describes."""
    return facts_of(node.value if node.kind == "schema" else _schema(node, scope), scope)


def facts_of(schema: Any, scope: Scope) -> Facts:
    """All that a schema says."""
    return Facts(tuple(_parts(schema, scope)))


def of_items(found: Facts, scope: Scope) -> Facts:
    """All that is said of what lists have in them."""
    return Facts(tuple(part for items in found.values("items") for part in _parts(items, scope)))


def _schema(node: Node, scope: Scope) -> Any:
    for media in node.value.get("content", {}).values():
        return scope.follow(media).get("schema")
    return node.value.get("schema")


def _parts(schema: Any, scope: Scope) -> Iterator[dict[str, Any]]:
    pending, seen = [schema], set[int]()
    while pending and len(seen) < _MOST_PARTS:
        part = pending.pop()
        if not isinstance(part, dict) or id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        if "$ref" in part:
            pending.append(scope.follow(part))
        for keyword in _COMBINATORS:
            pending.extend(part.get(keyword, ()))
