"""An OpenAPI 3.2 tree into the places where it breaks the specification's own schema.

The schemas are those that openapi-spec-validator ships; jsonschema-rs reads 13 MB by them in a
twentieth of a second. Knows nothing of what a schema can't say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from specloom.document.pointer import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_rs import ValidationError, ValidationErrorKind

_OPENAPI: Final = ("openapi_spec_validator", "resources/schemas/v3.2/schema.json")
_DIALECT: Final = ("openapi_schema_validator", "schemas/oas3.2/dialect/2025-09-17.json")
_META: Final = ("openapi_schema_validator", "schemas/oas3.2/meta/2025-09-17.json")


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which the tree breaks the schema, at the innermost place that is to blame."""

    path: tuple[str, ...]
    message: str
    kind: ValidationErrorKind

    @property
    def pointer(self) -> str:
        """Where it is."""
        return join("", *self.path)


def faults(tree: dict[str, Any]) -> Iterator[Fault]:
    """All that breaks the schema of OpenAPI 3.2 and of its schema objects."""
    for error in _validator().iter_errors(tree):
        inner = _innermost(error)
        # It takes a key that is all digits for the index of a list.
        yield Fault(tuple(map(str, inner.instance_path)), inner.message, inner.kind)


@cache
def _validator() -> jsonschema_rs.Validator:
    openapi, dialect, meta = (_read(*place) for place in (_OPENAPI, _DIALECT, _META))
    # Names of components may be any: a client's own are made of them.
    del openapi["$defs"]["components"]["patternProperties"]
    # Its schema of schemas is a stand-in that a dialect takes the place of.
    schema = {"$dynamicAnchor": "meta", "$ref": dialect["$id"]}
    combined = {"$ref": openapi["$id"], "$defs": {"schema": schema}}
    draft = jsonschema_rs.Draft202012
    registry = jsonschema_rs.Registry(
        [(part["$id"], part) for part in (openapi, dialect, meta)], draft=draft
    )
    return jsonschema_rs.Draft202012Validator(combined, registry=registry, mask="it")


def _read(package: str, path: str) -> dict[str, Any]:
    # Found without importing the package, which takes a second.
    found = find_spec(package)
    folders = found.submodule_search_locations if found else None
    read: dict[str, Any] = json.loads((Path((folders or [""])[0]) / path).read_text("utf-8"))
    return read


def _innermost(error: ValidationError) -> ValidationError:
    """The deepest error of the alternatives, if one is about something within the value."""
    alternatives = getattr(error.kind, "context", None) or []
    deeper = [
        _innermost(inner)
        for errors in alternatives
        for inner in errors
        if len(inner.instance_path) > len(error.instance_path)
    ]
    return max(deeper, key=lambda inner: len(inner.instance_path), default=error)
