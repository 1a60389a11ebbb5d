"""`encoding` and the schemas of properties into how they go into a form or a part.

(OAS 3.2 §4.15, and 3.0's `format: binary`.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.kinds import kinds
from specloom.document.objects import properties
from specloom.document.references import follow
from specloom.ir import Encoding
from specloom.media_types import is_json

from .media import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .media import RequestBody

_BINARY: Final = (
    "image/", "audio/", "video/", "font/", "application/octet-stream", "application/pdf",
    "application/zip",
)  # fmt: skip
# How far references are followed for files.
_DEEPEST: Final = 5
# An example or a default in JSON is of no bytes.
_SAYING_NO_TYPE: Final = {"title", "description", "deprecated", "writeOnly", "contentMediaType"}
_STYLED: Final = {"style", "explode", "allowReserved"}


def encodings(body: RequestBody, tree: dict[str, Any]) -> tuple[Encoding, ...]:
    """What the properties of a form or a multipart body say beyond their types."""
    if body.kind not in {Kind.FORM, Kind.MULTIPART}:
        return ()
    declared = properties(tree, body.schema)
    found = (
        _encoding(wire, follow(tree, body.encoding.get(wire, {})), declared.get(wire), body, tree)
        for wire in dict.fromkeys((*declared, *body.encoding))
    )
    return tuple(one for one in found if one)


def _encoding(
    wire: str, said: dict[str, Any], schema: Any, body: RequestBody, tree: dict[str, Any]
) -> Encoding | None:
    in_parts = body.kind is Kind.MULTIPART
    headers = tuple(_headers(said, tree)) if in_parts else ()
    # With one of these, `contentType` has no effect.
    if said.keys() & _STYLED:
        style = said.get("style", "form")
        explode = said.get("explode", style == "form")
        return Encoding(wire, "", style, explode, said.get("allowReserved", False), headers)
    content_type = said.get("contentType", "")
    if in_parts and not content_type:
        content_type = _encoded_type(follow(tree, schema))
    return Encoding(wire, content_type, headers=headers) if content_type or headers else None


def _encoded_type(schema: Any) -> str:
    """What a text is that stands for bytes."""
    if not isinstance(schema, dict) or "contentEncoding" not in schema:
        return ""
    found: str = schema.get("contentMediaType", "application/octet-stream")
    return found


def _headers(said: dict[str, Any], tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The headers of a part whose value the document gives; no argument could give others."""
    for name, declared in (said.get("headers") or {}).items():
        header = follow(tree, declared)
        schema = follow(tree, header.get("schema", {})) if isinstance(header, dict) else {}
        value = _only_value(schema)
        if isinstance(value, str) and name.lower() != "content-type":
            yield name, value


def _only_value(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return None
    choices = schema.get("enum", ())
    return schema.get("const", choices[0] if len(choices) == 1 else schema.get("default"))


def unsent_headers(said: dict[str, Any], tree: dict[str, Any]) -> list[str]:
    """The headers of a part that it is sent without."""
    sent = dict(_headers(said, tree))
    declared = said.get("headers") or {}
    return [name for name in declared if name not in sent and name.lower() != "content-type"]


def file_type(schema: Any, encoding: dict[str, Any], tree: dict[str, Any]) -> str | None:
    """The type of the argument for a part that is a file, or several; None of any other."""
    found = _file_types(schema, encoding.get("contentType", ""), tree, _DEEPEST)
    return " | ".join(dict.fromkeys(found)) if found else None


def _file_types(schema: Any, content_type: str, tree: dict[str, Any], levels: int) -> list[str]:
    schema = follow(tree, schema)
    if not isinstance(schema, dict) or not levels:
        is_file = _is_opaque(content_type) or (schema is True and not content_type)
        return ["FileTypes"] if is_file else []
    alternatives = [part for word in ("oneOf", "anyOf") for part in schema.get(word, ())]
    if known := [part for part in alternatives if not _is_null(part)]:
        found = [_file_types(part, content_type, tree, levels - 1) for part in known]
        return [kind for each in found for kind in each] if all(found) else []
    if schema.get("type") == "array":
        inner = _file_types(schema.get("items"), content_type, tree, levels - 1)
        return ["Sequence[FileTypes]"] if inner else []
    return ["FileTypes"] if _is_binary(schema, content_type) else []


def may_be_empty(schema: Any, tree: dict[str, Any]) -> bool:
    """Whether empty bytes, or some, keep the schema of a part that is a file, as far as it says."""
    schema = follow(tree, schema)
    if not isinstance(schema, dict):
        return True
    alternatives = [part for word in ("oneOf", "anyOf") for part in schema.get(word, ())]
    inner = [*alternatives, schema.get("items", True)]
    plain = {"string", "array", "null"} >= set(kinds(schema)) and "properties" not in schema
    return (
        plain
        and not schema.keys() & {"minLength", "pattern", "enum", "const"}
        and all(may_be_empty(part, tree) for part in inner)
    )


def is_untyped(schema: Any, tree: dict[str, Any]) -> bool:
    """Whether nothing is said of a value; a part is then taken for bytes (OAS 3.2 §4.15.1.1)."""
    schema = follow(tree, schema)
    return schema is True or (isinstance(schema, dict) and schema.keys() <= _SAYING_NO_TYPE)


def _is_null(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("type") == "null"


def _is_binary(schema: dict[str, Any], content_type: str) -> bool:
    """Whether a schema is of bytes; a string is text in a type that holds some, such as SDP."""
    if schema.get("format") == "binary" or (not content_type and is_untyped(schema, {})):
        return True
    if "contentEncoding" in schema:
        return False
    if "contentMediaType" in schema:
        return _is_opaque(schema["contentMediaType"])
    may_be_text = "string" in kinds(schema) and not content_type.startswith(_BINARY)
    return _is_opaque(content_type) and not may_be_text


def _is_opaque(content_type: str) -> bool:
    """Whether all of the media types are ones that a client can't write from a JSON value."""
    kinds = [kind.strip() for kind in content_type.split(",") if kind.strip()]
    return bool(kinds) and not any(is_json(kind) or kind.startswith("text/") for kind in kinds)
