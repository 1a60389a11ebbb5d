"""A copy of one place in a file, into which more may be copied, and its objects.

Knows where OpenAPI's objects stand; reads no files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diagnostics import Location
from specloom.document.pointer import join
from specloom.document.references import is_reference
from specloom.document.walk import FIELDS, Node, children

from .identifiers import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .files import File

_MAP, _LIST = "map of ", "list of "
_CONTAINERS: Final = {"map": _MAP, "list": _LIST}
_PLAIN: Final = {
    "openapi": ("info", "servers", "tags", "security", "externalDocs"),
    "path-item": ("servers",),
    "operation": ("servers", "tags", "security", "externalDocs"),
    "schema": ("required",),
}
"""Fields that hold no object of `walk`'s, yet are often kept in a file of their own."""


class Key(NamedTuple):
    """A place in a file, read as one kind of object; sorts the same on every machine."""

    file: str
    pointer: str
    kind: str


@dataclass(slots=True, eq=False)
class Part:
    """A copy of one place, and where all that was copied into it was written."""

    key: Key
    value: Any
    origins: dict[str, tuple[File, str]]

    def origin(self, here: str) -> tuple[File, str]:
        """The file, and the pointer in it, of what stands at a pointer of the part."""
        around = next(around for around in ancestors(here) if around in self.origins)
        file, pointer = self.origins[around]
        return file, pointer + here[len(around) :]

    def around(self, here: str) -> list[tuple[File, str]]:
        """All that a place is a copy of, or within a copy of, the innermost first."""
        return [self.origins[around] for around in ancestors(here) if around in self.origins]

    def locate(self, here: str) -> Location:
        """Where what stands there was written."""
        file, pointer = self.origin(here)
        return Location(file.source.file, *file.source.position(pointer), pointer)

    def top(self) -> Node:
        """The whole part as an object; there is nothing around it."""
        return Node(self.key.kind, "", self.value, {"": self.value}, "")


def objects_in(node: Node) -> Iterator[Node]:
    """The objects directly within one; a reference in place of several counts as one."""
    if not isinstance(node.value, dict | list):
        return
    for shape in (_MAP, _LIST):
        if node.kind.startswith(shape):
            yield from _entries(node, node.kind.removeprefix(shape))
            return
    misplaced = list(_misplaced(node))
    yield from misplaced
    held = [id(found.value) for found in misplaced]
    yield from (child for child in children(node) if id(child.parent) not in held)


def _entries(node: Node, kind: str) -> Iterator[Node]:
    pairs = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
    for key, value in pairs:
        yield Node(kind, join(node.pointer, key), value, node.value, key)


def _misplaced(node: Node) -> Iterator[Node]:
    """References that stand for a whole field which may be none."""
    if not isinstance(node.value, dict):
        return
    fields = {
        field: _CONTAINERS[shape] + kind
        for field, (kind, shape) in FIELDS.get(node.kind, {}).items()
        if shape in _CONTAINERS
    } | dict.fromkeys(_PLAIN.get(node.kind, ()), "plain")
    for field, kind in fields.items():
        if is_reference(node.value.get(field)):
            yield Node(kind, join(node.pointer, field), node.value[field], node.value, field)
