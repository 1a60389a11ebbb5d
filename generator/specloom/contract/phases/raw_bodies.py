"""An accepted body into ones that are no body of the operation: unreadable, or not of its type.

What a reader may forgive (a byte order mark, a member twice) only must not make a server fail.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.requests.drafting import body_pointer
from specloom.contract.requests.encodings import as_json
from specloom.contract.requests.simple_values import kind_of
from specloom.document.pointer import join, resolve
from specloom.media_types import essence, is_json

from .changes import MALFORMED, MEDIA_TYPE, Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.schemas import Schemas
    from specloom.contract.exchanges.exchange import Request

_DEEP: Final = 3000


def body_changes(
    schemas: Schemas, operation: Operation, request: Request, value: Any
) -> Iterator[Change]:
    """Bodies that are wrong as a whole."""
    pointer = body_pointer(schemas, operation)
    if pointer is None:
        return
    described = resolve(schemas.tree, pointer)
    demanded = MALFORMED if described.get("required") else None
    if is_json(request.media_type):
        media = next(kind for kind in described["content"] if is_json(kind))
        schema = schemas.follow(join(pointer, "content", media))[0] + "/schema"
        yield from _of_other_types(schemas, schema, request, value)
        yield from _unreadable(request, value, demanded)
    yield Change("an empty body", replace(request, body=b""), demanded)
    yield from _of_other_media(request, set(map(essence, described["content"])), demanded)


def _of_other_types(
    schemas: Schemas, schema: str, request: Request, value: Any
) -> Iterator[Change]:
    """JSON of other types than the one that is due; what fits the schema isn't tried."""
    kind = kind_of(schemas, schema) if schema_exists(schemas, schema) else ""
    if not kind:
        return
    others = {"an array": [value], "null": None, "a string": "text", "a number": 5, "true": True}
    for name, other in others.items():
        if not schemas.validator(schema).is_valid(other):
            body = as_json(other)
            yield Change(
                f"{name} as the body", replace(request, body=body), MALFORMED,
                telling=name == "an array",
            )  # fmt: skip
    if kind == "object":
        deep = b"[" * _DEEP + b"]" * _DEEP
        yield Change(f"{_DEEP} arrays in one another", replace(request, body=deep), MALFORMED)


def _unreadable(request: Request, value: Any, demanded: str | None) -> Iterator[Change]:
    """Bytes that are no JSON, and others that are doubtful."""
    cut = replace(request, body=request.body[:-1])
    yield Change("JSON without its end", cut, demanded, telling=True)
    marked = replace(request, body=b"\xef\xbb\xbf" + request.body)
    yield Change("JSON behind a byte order mark", marked)
    yield Change("JSON that is no UTF-8", replace(request, body=b'{"\xff": "\xff"}'))
    if isinstance(value, dict) and value:
        name = json.dumps(next(iter(value)))
        twice = b"{" + f"{name}: null, ".encode() + request.body[1:]
        yield Change("a member twice", replace(request, body=twice))


def _of_other_media(request: Request, accepted: set[str], demanded: str | None) -> Iterator[Change]:
    """The body as it was, said to be of another media type."""
    refused = MEDIA_TYPE if demanded else None
    for kind in ("text/plain", "application/xml"):
        if accepted.isdisjoint({kind, kind.partition("/")[0] + "/*", "*/*"}):
            yield Change(
                f"a body said to be {kind}",
                _typed(request, kind),
                refused,
                telling=kind == "text/plain",
            )
    headers = {name: one for name, one in request.headers.items() if name != "content-type"}
    yield Change("a body without Content-Type", replace(request, headers=headers))
    if is_json(request.media_type):
        wrong = f"{request.media_type}; charset=utf-16"
        yield Change("JSON said to be UTF-16", _typed(request, wrong))


def schema_exists(schemas: Schemas, pointer: str) -> bool:
    """Whether there is anything at a pointer."""
    try:
        resolve(schemas.tree, pointer)
    except KeyError:
        return False
    return True


def _typed(request: Request, content_type: str) -> Request:
    return replace(request, headers={**request.headers, "content-type": content_type})
