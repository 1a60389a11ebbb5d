"""An error of openapi-spec-validator into the pointer of what it is about.

Its check of the whole document says the place. Its other checks say it from the schema that they
look at, or only in words, so that what they mean has to be found again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from .pointer import join, resolve
from .walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

    from .walk import Node

_OPERATION: Final = re.compile(r"'(\w+)'(?: operation)? in '(.+)'")
_PARAMETER: Final = re.compile(r"Duplicate parameter '(.+)'")
_TAG: Final = re.compile(r"Duplicate tag name '(.+)'")
_REQUIRED: Final = re.compile(r"Required list has not defined properties: \['(.+?)'")


def pointer_of(error: ValidationError, tree: dict[str, Any]) -> str:
    """The pointer that an error is about; that of the whole document if it can't be told."""
    relative = join("", *error.absolute_path)
    if error.instance == tree or _holds(tree, relative, error.instance):
        return relative
    found = [*_in_schemas(error, relative, tree), *_in_words(error.message, tree)]
    return found[0] if found else ""


def _in_schemas(error: ValidationError, relative: str, tree: dict[str, Any]) -> list[str]:
    """Where the error's value stands in a schema or in a default, the likeliest place first."""
    likely: list[str] = []
    possible: list[str] = []
    for node in walk(tree):
        if node.kind != "schema" or not isinstance(node.value, dict):
            continue
        places = likely if node.value == error.schema else possible
        if relative and _holds(node.value, relative, error.instance):
            places.append(node.pointer + relative)
        elif _holds(node.value, "/default" + relative, error.instance):
            places.append(join(node.pointer, "default") + relative)
    return likely + possible


def _holds(tree: Any, pointer: str, value: Any) -> bool:
    try:
        return bool(resolve(tree, pointer) == value)
    except KeyError:
        return False


def _in_words(message: str, tree: dict[str, Any]) -> Iterator[str]:
    """Where the things stand that the message names."""
    if named := _OPERATION.search(message):
        yield join("/paths", named[2], named[1])
    if named := _TAG.search(message):
        yield from _last([join("/tags", i) for i, tag in _tags(tree) if tag == named[1]])
    for node in walk(tree):
        if named := _PARAMETER.search(message):
            yield from _last(_parameters(node, named[1]))
        elif named := _REQUIRED.search(message):
            yield from _requires(node, named[1])


def _tags(tree: dict[str, Any]) -> list[tuple[int, Any]]:
    return [(index, tag.get("name")) for index, tag in _objects(tree, "tags")]


def _objects(owner: dict[str, Any], field: str) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a field's list; a document at fault may hold anything else there."""
    listed = owner.get(field)
    items = enumerate(listed if isinstance(listed, list) else ())
    return [(index, item) for index, item in items if isinstance(item, dict)]


def _last(places: list[str]) -> list[str]:
    """The last of several: the one too many."""
    return places[-1:] if len(places) > 1 else []


def _parameters(node: Node, name: str) -> list[str]:
    """Where an operation's or a path's own parameters have a name."""
    if node.kind not in {"operation", "path-item"} or not isinstance(node.value, dict):
        return []
    parameters = _objects(node.value, "parameters")
    return [join(node.pointer, "parameters", i) for i, one in parameters if one.get("name") == name]


def _requires(node: Node, name: str) -> list[str]:
    """The `required` of a schema that inherits by allOf, if it lists a name."""
    schema = node.value if node.kind == "schema" and isinstance(node.value, dict) else {}
    required = schema.get("required")
    listed = "allOf" in schema and isinstance(required, list) and name in required
    return [join(node.pointer, "required")] if listed else []
