"""An operation into the request that its document would have: examples first, then its schemas.

Knows nothing of servers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.objects import required
from specloom.document.pointer import join, resolve
from specloom.document.references import follow
from specloom.media_types import essence, is_json

from .drafts import Draft
from .form_files import PNG, with_files
from .request_faults import MULTIPART, URLENCODED
from .simple_values import property_pointers, simple_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.schemas import Schemas


def drafted(schemas: Schemas, operation: Operation) -> Draft:
    """The request with all that is required, or in the examples."""
    _, path, method = operation.pointer
    given: dict[tuple[str, str], Any] = {}
    for pointer, parameter in parameters(schemas, operation):
        if parameter.get("required") or _examples(schemas, parameter):
            key = (parameter["in"], parameter["name"])
            given[key] = _parameter_value(schemas, pointer, parameter)
    joined = frozenset(
        parameter["name"]
        for _, parameter in parameters(schemas, operation)
        if parameter.get("explode") is False
    )
    draft = Draft(method.upper(), path, given, joined=joined)
    found = body_media(schemas, operation)
    if found is None:
        return draft
    media_type, pointer = found
    value = _selected(operation, _body_value(schemas, media_type, pointer))
    return Draft(draft.method, path, given, media_type, value, joined)


def parameters(schemas: Schemas, operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parameters of an operation and its path, each with its pointer; its own win."""
    found: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    for owner in (join("", *operation.pointer[:-1]), join("", *operation.pointer)):
        for index in range(len(resolve(schemas.tree, owner).get("parameters", ()))):
            pointer, parameter = schemas.follow(join(owner, "parameters", index))
            found[parameter["in"], parameter["name"]] = (pointer, parameter)
    yield from found.values()


def body_pointer(schemas: Schemas, operation: Operation) -> str | None:
    """The pointer to the Request Body Object; None if there is none."""
    if "requestBody" not in operation.value:
        return None
    return schemas.follow(join("", *operation.pointer, "requestBody"))[0]


def body_media(schemas: Schemas, operation: Operation) -> tuple[str, str] | None:
    """A media type that the operation takes, JSON if it may be, and its pointer."""
    pointer = body_pointer(schemas, operation)
    content = resolve(schemas.tree, pointer).get("content", {}) if pointer else {}
    ranked = sorted(content, key=lambda kind: (not is_json(kind), essence(kind) != MULTIPART))
    if not pointer or not ranked:
        return None
    return ranked[0], schemas.follow(join(pointer, "content", ranked[0]))[0]


def _parameter_value(schemas: Schemas, pointer: str, parameter: dict[str, Any]) -> Any:
    examples = _examples(schemas, parameter)
    if examples:
        return examples[0]
    if "schema" in parameter:
        return simple_value(schemas, join(pointer, "schema"))
    media_type = next(iter(parameter.get("content", {})), None)
    return (
        simple_value(schemas, join(pointer, "content", media_type, "schema")) if media_type else ""
    )


def _examples(schemas: Schemas, described: dict[str, Any]) -> list[Any]:
    """The examples of a parameter or a media type, as values (OAS 3.2 §4.19)."""
    found = [described["example"]] if "example" in described else []
    for example in described.get("examples", {}).values():
        target = follow(schemas.tree, example)
        found += [target[name] for name in ("dataValue", "value") if name in target][:1]
    return found


def _body_value(schemas: Schemas, media_type: str, pointer: str) -> Any:
    media = resolve(schemas.tree, pointer)
    kind = essence(media_type)
    if kind in {MULTIPART, URLENCODED}:
        return _form_value(schemas, pointer, media)
    schema = join(pointer, "schema")
    examples = _examples(schemas, media)
    if "schema" not in media:
        made: Any = {} if is_json(kind) else PNG if not kind.startswith("text/") else "hello"
        return examples[0] if examples else made
    fitting = (one for one in examples if schemas.validator(schema).is_valid(one))
    return next(fitting, None) or simple_value(schemas, schema)


def _form_value(schemas: Schemas, pointer: str, media: dict[str, Any]) -> dict[str, Any]:
    """The fields of a form; files are never in its examples."""
    if "schema" not in media:
        return {}
    schema = join(pointer, "schema")
    pointers = property_pointers(schemas, schema)
    files = with_files(schemas, media, pointers)
    examples = [one for one in _examples(schemas, media) if isinstance(one, dict)]
    given = examples[0] if examples else simple_value(schemas, schema)
    needed = required(schemas.tree, resolve(schemas.tree, schema))
    texts = {name: value for name, value in given.items() if name not in files}
    wanted = {name: file for name, file in files.items() if name in needed or name in given}
    return {**texts, **wanted}


def _selected(operation: Operation, value: Any) -> Any:
    """The value with the mode that gives JSON, which links can point into, and no stream."""
    selector = operation.value.get("x-stream-selector")
    if selector and isinstance(value, dict):
        return {**value, selector["field"]: selector["json"]}
    return value
