"""OpenAPI 2's parameters `in: body` and `in: formData` into the request body that they are.

Comes before anything is known to be whole, so what is odd is left to the steps behind it.
(OpenAPI 2.0, Parameter Object; OAS 3.2 §4.13)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import tokens
from specloom.document.references import follow
from specloom.document.walk import operations_of, walk

if TYPE_CHECKING:
    from .place import Mending, Place

_BODIES: Final = {"body", "formData"}
_FILE: Final = {"type": "string", "format": "binary"}
_BESIDE_SCHEMA: Final = {"name", "in", "required", "schema", "allowEmptyValue", "collectionFormat"}


def run(mending: Mending) -> None:
    """Move them in place."""
    items = [node for node in walk(mending.document.tree) if node.kind == "path-item"]
    for item in items:
        shared = mending.place(tuple(tokens(item.pointer)))
        for node in operations_of(item):
            operation = mending.place(tuple(tokens(node.pointer)))
            if isinstance(node.value, dict):
                _move(operation, _bodies(operation) or _bodies(shared))
        for place, _ in _bodies(shared):
            place.take_out()
        mending.close_gaps()


def _bodies(owner: Place) -> list[tuple[Place, dict[str, Any]]]:
    """Copies of the parameters that are bodies, each with its place."""
    declared = owner.value.get("parameters") if isinstance(owner.value, dict) else None
    found: list[tuple[Place, dict[str, Any]]] = []
    mending = owner.mending
    for index, parameter in enumerate(declared if isinstance(declared, list) else ()):
        try:
            target = follow(mending.document.tree, parameter)
            if isinstance(target, dict) and str(target.get("in")) in _BODIES:
                found.append((owner.at("parameters", index), mending.copy(target)))
        except KeyError:
            continue
    return found


def _move(operation: Place, bodies: list[tuple[Place, dict[str, Any]]]) -> None:
    if not bodies:
        return
    has_one = "requestBody" in operation.value
    if not has_one:
        whole = [one for _, one in bodies if one["in"] == "body"]
        operation.value["requestBody"] = _body(whole[0]) if whole else _form([p for _, p in bodies])
    for place, parameter in bodies:
        taken = "left out, there is a `requestBody`" if has_one else "taken as the `requestBody`"
        operation.mending.say(place.pointer, f"`in: {parameter['in']}` is OpenAPI 2's: {taken}")
        if place.path[: len(operation.path)] == operation.path:
            place.take_out()


def _body(parameter: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {
        key: parameter[key] for key in ("description", "required") if key in parameter
    }
    content: dict[str, Any] = {"application/json": {"schema": parameter.get("schema", {})}}
    return {**body, "content": content}


def _form(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    fields = {str(one.get("name")): _field(one) for one in parameters}
    required = [str(one.get("name")) for one in parameters if one.get("required") is True]
    schema = {"type": "object", "properties": fields, "required": required}
    in_parts = any(field.get("format") == "binary" for field in fields.values())
    media_type = "multipart/form-data" if in_parts else "application/x-www-form-urlencoded"
    return {"required": bool(required), "content": {media_type: {"schema": schema}}}


def _field(parameter: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field, which stands within the parameter itself in OpenAPI 2."""
    said = {key: value for key, value in parameter.items() if key not in _BESIDE_SCHEMA}
    inner = parameter.get("schema")
    schema = said | (inner if isinstance(inner, dict) else {})
    return schema | _FILE if schema.get("type") == "file" else schema
