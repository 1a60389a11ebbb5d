"""The parameters of each path into those that its template has, each of them once.

Looks at what a client has methods for, no callbacks or webhooks. (OAS 3.2 §4.8.2, §4.12)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import from_reference, join, resolve, tokens
from specloom.document.references import follow, is_reference
from specloom.document.walk import Node, operations_of, path_items

from .rules import BEYOND_MENDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .place import Mending, Place

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


def run(mending: Mending) -> None:
    """Mend the parameters in place."""
    for item in path_items(mending.document.tree):
        if is_reference(item.value):
            _take_in(mending, item)
    for item in path_items(mending.document.tree):
        if not isinstance(item.value, dict) or "$ref" in item.value:
            continue
        shared = mending.place(("paths", str(item.key)))
        for owner in (shared, *_operations(mending, item)):
            _drop_repeated(owner)
        mending.close_gaps()
        for operation in _operations(mending, item):
            _mend_path(shared, operation, _VARIABLE.findall(str(item.key)))
        _drop_unused(shared, _VARIABLE.findall(str(item.key)))
        mending.close_gaps()


def _take_in(mending: Mending, item: Node) -> None:
    """Put what a path refers to in place, if that was written for another template."""
    document, pointer, target = mending.document, item.pointer, item.value
    while is_reference(target):
        pointer = from_reference(target["$ref"])
        target = resolve(document.tree, pointer)
    beside = {key: value for key, value in item.value.items() if key != "$ref"}
    whole = {**target, **beside}
    variables = set(_VARIABLE.findall(str(item.key)))
    if all(names == variables for names in _path_names(document.tree, whole)):
        return
    try:
        item.parent[item.key] = mending.copy(whole)
    except KeyError:
        say = "its template has other variables, and there are too many values to copy"
        mending.say(join(item.pointer, "$ref"), say, BEYOND_MENDING)
        return
    for key in target.keys() - beside.keys():
        document.origins[join(item.pointer, key)] = document.origin(join(pointer, key))


def _path_names(tree: dict[str, Any], item: dict[str, Any]) -> Iterator[set[str]]:
    """The names that each operation of a path item has parameters of the path for."""
    for operation in operations_of(Node("path-item", "", item)):
        owners = [owner for owner in (item, operation.value) if isinstance(owner, dict)]
        declared = [
            follow(tree, parameter) for owner in owners for parameter in owner.get("parameters", ())
        ]
        yield {parameter["name"] for parameter in declared if parameter["in"] == "path"}


def _operations(mending: Mending, item: Any) -> list[Place]:
    return [
        mending.place(tuple(tokens(node.pointer)))
        for node in operations_of(item)
        if isinstance(node.value, dict)
    ]


def _declared(owner: Place) -> list[tuple[Place, dict[str, Any]]]:
    """What an operation or a path item declares itself, each with its place."""
    tree = owner.mending.document.tree
    return [
        (owner.at("parameters", index), follow(tree, parameter))
        for index, parameter in enumerate(owner.value.get("parameters", ()))
    ]


def _drop_repeated(owner: Place) -> None:
    seen: set[tuple[str, str]] = set()
    for place, parameter in _declared(owner):
        identity = parameter["name"], parameter["in"]
        if identity in seen:
            owner.mending.say(place.pointer, f"{identity[0]!r} is declared twice: the first counts")
            place.take_out()
        seen.add(identity)
        if parameter["in"] == "path" and parameter.get("required") is not True:
            owner.mending.say(place.pointer, f"{identity[0]!r} of the path is taken as required")
            parameter["required"] = True


def _mend_path(shared: Place, operation: Place, variables: list[str]) -> None:
    """Give an operation a parameter for each variable that has none."""
    own = [(place, one) for place, one in _declared(operation) if one["in"] == "path"]
    names = {one["name"] for _, one in _declared(shared) if one["in"] == "path"}
    names |= {one["name"] for _, one in own}
    missing = [name for name in dict.fromkeys(variables) if name not in names]
    unused = [(place, one) for place, one in own if one["name"] not in variables]
    if len(missing) == len(unused) == 1:
        place, parameter = unused[0]
        say = f"{parameter['name']!r} is not in the path: taken as {{{missing[0]}}}"
        operation.mending.say(place.pointer, say)
        place.put({**parameter, "name": missing[0]})
        return
    for place, parameter in unused:
        _leave_out(place, parameter)
    for name in missing:
        operation.mending.say(operation.pointer, f"{{{name}}} is not declared: taken as a string")
        added = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        operation.value.setdefault("parameters", []).append(added)


def _drop_unused(shared: Place, variables: list[str]) -> None:
    for place, parameter in _declared(shared):
        if parameter["in"] == "path" and parameter["name"] not in variables:
            _leave_out(place, parameter)


def _leave_out(place: Place, parameter: dict[str, Any]) -> None:
    place.mending.say(place.pointer, f"{parameter['name']!r} is not in the path: left out")
    place.take_out()
