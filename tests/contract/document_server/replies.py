"""What to answer with, as the document has it: a status, headers, and content."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from .instances import instance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .document import Document
    from .routes import Operation

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def success(document: Document, operation: Operation, value: Any = None) -> Response:
    """The first success that an operation documents; the value is its content, if that fits."""
    responses = operation.value["responses"]
    key = min((one for one in responses if one.startswith("2")), default="default")
    return _reply(document, responses[key], int(key) if key.isdigit() else 200, value)


def refusal(document: Document, operation: Operation, wanted: Sequence[int]) -> Response:
    """The first wanted status that an operation documents, else the first as it would be."""
    responses = operation.value["responses"]
    concrete = (status for status in wanted if str(status) in responses)
    status = next(concrete, wanted[0])
    key = next((one for one in (str(status), "4XX", "default") if one in responses), None)
    return _reply(document, responses[key], status, None) if key else Response(status_code=status)


def content_type(document: Document, operation: Operation) -> str | None:
    """The media type that a success answers with."""
    return success(document, operation).headers.get("content-type")


def _reply(document: Document, response: Any, status: int, value: Any) -> Response:
    described = document.follow(response)
    headers = {
        name: _text(instance(document, document.follow(header)["schema"], _examples(header)))
        for name, header in described.get("headers", {}).items()
    }
    content = described.get("content", {})
    if not content:
        return Response(status_code=status, headers=headers)
    media_type = next((one for one in content if "json" in one), next(iter(content)))
    schema = content[media_type].get("schema", True)
    examples = _examples(content[media_type], document)
    if value is None or not document.is_valid(schema, value):
        value = _PNG if media_type == "image/png" else instance(document, schema, examples)
    if status >= 400:  # the classes of errors
        value = _with_status(document, schema, value, status)
    return Response(_encoded(media_type, value), status, headers, media_type)


def _examples(described: dict[str, Any], document: Document | None = None) -> list[Any]:
    found = [described["example"]] if "example" in described else []
    for example in described.get("examples", {}).values():
        followed = document.follow(example) if document else example
        found += [followed[key] for key in ("value", "dataValue") if key in followed]
    return found


def _with_status(document: Document, schema: Any, value: Any, status: int) -> Any:
    changed = value | {"status": status} if isinstance(value, dict) else value
    named = "status" in document.flat(schema).get("properties", {})
    return changed if named and document.is_valid(schema, changed) else value


def _encoded(media_type: str, value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if "json" in media_type:
        return json.dumps(value).encode()
    return _text(value).encode()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
