"""Defaults that their own schemas forbid into none at all.

Formats count where they have a type of their own in Python; a default of another format is text
that an argument can hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import jsonschema_rs

from specloom.document.pointer import join
from specloom.document.walk import walk

from .rules import UNFIT_DEFAULT

if TYPE_CHECKING:
    from .place import Mending

_DOCUMENT: Final = "urn:document"
_ANY_TEXT: Final = (
    "duration", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri",
    "iri-reference", "json-pointer", "regex", "relative-json-pointer", "time", "uri",
    "uri-reference", "uri-template", "uuid",
)  # fmt: skip


def run(mending: Mending) -> None:
    """Leave them out in place."""
    tree = mending.document.tree
    found = [node for node in walk(tree) if node.kind == "schema" and _has_default(node.value)]
    if not found:
        return
    draft = jsonschema_rs.Draft202012
    registry = jsonschema_rs.Registry([(_DOCUMENT, tree)], draft=draft)
    for node in found:
        fault = _fault(registry, node.pointer, node.value["default"])
        if fault:
            pointer = join(node.pointer, "default")
            mending.say(pointer, f"the default does not fit: {fault}; left out", UNFIT_DEFAULT)
            del node.value["default"]


def _has_default(schema: Any) -> bool:
    return isinstance(schema, dict) and "default" in schema


def _fault(registry: jsonschema_rs.Registry, schema: str, value: Any) -> str | None:
    """How a value breaks the schema at a pointer; nothing if that can't be told."""
    try:
        validator = jsonschema_rs.Draft202012Validator(
            {"$ref": f"{_DOCUMENT}#{quote(schema)}"},
            registry=registry,
            validate_formats=True,
            formats=dict.fromkeys(_ANY_TEXT, lambda _: True),
            mask="it",
        )
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None
    error = next(validator.iter_errors(value), None)
    return error.message if error else None
