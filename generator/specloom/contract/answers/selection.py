"""A request and the media type of its answer into whether `x-stream-selector` was followed.

Knows nothing of what the answer holds. (`x-stream-selector` is described in the README.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import join
from specloom.media_types import is_json

if TYPE_CHECKING:
    from .operations import Operation
    from .schemas import Schemas

_NOTHING: Final = object()


def selection_fault(
    schemas: Schemas, operation: Operation, request: Any, media_type: str
) -> str | None:
    """What is wrong with the media type of a successful answer to a JSON request, or None."""
    selector = operation.value.get("x-stream-selector")
    if selector is None or not isinstance(request, dict):
        return None
    field = selector["field"]
    value = request.get(field, _default(schemas, operation, field))
    said = f"`{field}` is {value!r}" if field in request else f"`{field}` is left out"
    if value == selector["stream"] and is_json(media_type):
        return f"{said}, which asks for a stream; {media_type} came back"
    if value == selector["json"] and not is_json(media_type):
        return f"{said}, which asks for JSON; {media_type or 'no Content-Type'} came back"
    return None


def _default(schemas: Schemas, operation: Operation, field: str) -> Any:
    """What a field of the body is when it is left out; _NOTHING if the document doesn't say."""
    body, described = schemas.follow(join("", *operation.pointer, "requestBody"))
    if "application/json" not in described.get("content", {}):
        return _NOTHING
    pointer, schema = schemas.follow(join(body, "content", "application/json", "schema"))
    if field not in schema.get("properties", {}):
        return _NOTHING
    return schemas.follow(join(pointer, "properties", field))[1].get("default", _NOTHING)
