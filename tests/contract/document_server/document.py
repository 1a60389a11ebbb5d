"""An OpenAPI tree into schemas that hold values; references are followed wherever they lead."""

from __future__ import annotations

import copy
import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

_BASE = "urn:document"
_FORMATS = FormatChecker(formats=())


class Document:
    """The effective document; its references are made absolute, so that any part can be used."""

    def __init__(self, tree: dict[str, Any]) -> None:
        self.tree = copy.deepcopy(tree)
        _make_absolute(self.tree)
        resource = DRAFT202012.create_resource(self.tree)
        self._registry: Registry[Any] = Registry().with_resource(_BASE, resource)

    def follow(self, value: Any) -> Any:
        """What a value is once its references are followed."""
        while isinstance(value, dict) and isinstance(value.get("$ref"), str):
            value = self._registry.resolver().lookup(value["$ref"]).contents
        return value

    def is_valid(self, schema: Any, value: Any) -> bool:
        """Whether a value is as a schema says, its formats too."""
        validator = Draft202012Validator(schema, registry=self._registry, format_checker=_FORMATS)
        try:
            return validator.is_valid(value)
        except RecursionError:
            return False

    def flat(self, schema: Any) -> dict[str, Any]:
        """A schema with what it refers to and all of `allOf` within it."""
        if not isinstance(schema, dict):
            return {}
        own = {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}
        above = [{"$ref": schema["$ref"]}] if "$ref" in schema else []
        for part in [*map(self.follow, above), *schema.get("allOf", [])]:
            inherited = self.flat(part)
            for key in ("properties", "required"):
                if key in inherited and key in own:
                    own[key] = _joined(inherited[key], own[key])
            own = inherited | own
        return own

    def alternatives(self, schema: Any, value: Any) -> list[Any]:
        """The schemas of `oneOf` and `anyOf` that a value fits."""
        flat = self.flat(schema)
        parts = [*flat.get("oneOf", []), *flat.get("anyOf", [])]
        return [part for part in parts if self.is_valid(part, value)]


def types(schema: dict[str, Any]) -> list[str]:
    """The types that a flat schema names."""
    found = schema.get("type", [])
    return [found] if isinstance(found, str) else found


def _make_absolute(value: Any) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str) and value["$ref"].startswith("#"):
            value["$ref"] = _BASE + value["$ref"]
        for item in value.values():
            _make_absolute(item)
    elif isinstance(value, list):
        for item in value:
            _make_absolute(item)


def _joined(first: Any, second: Any) -> Any:
    return first | second if isinstance(first, dict) else [*first, *second]


def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or str(UUID(value)) == value.lower()


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", value):
        return False
    return datetime.fromisoformat(re.sub(r"\.\d+", "", value).upper()) is not None


def _is_email(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[^@\s]+@[^@\s]+", value) is not None


def _is_within(bits: int, value: object) -> bool:
    return not isinstance(value, int) or -(2 ** (bits - 1)) <= value < 2 ** (bits - 1)


_FORMATS.checks("uuid", raises=ValueError)(_is_uuid)
_FORMATS.checks("date", raises=ValueError)(_is_date)
_FORMATS.checks("date-time", raises=ValueError)(_is_date_time)
_FORMATS.checks("email")(_is_email)
_FORMATS.checks("int32")(lambda value: _is_within(32, value))
_FORMATS.checks("int64")(lambda value: _is_within(64, value))
