"""A normalized schema into the text of a Python type expression.

Components are `models.<Class>`; what can't be said exactly becomes the nearest honest type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from specloom.document.pointer import from_reference, tokens
from specloom.document.references import follow
from specloom.formats import runtime_type

_SCALARS: Final = {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_FORMATS: Final = {"binary": "bytes", "date": "date"}
_NUMBER_BOUNDS: Final = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
}
_BOUNDS: Final = {
    "int": _NUMBER_BOUNDS,
    "float": _NUMBER_BOUNDS,
    "str": {"minLength": "min_length", "maxLength": "max_length"},
    "list": {"minItems": "min_length", "maxItems": "max_length"},
}


@dataclass(frozen=True, slots=True)
class Types:
    """Type expressions for the schemas of one document."""

    tree: dict[str, Any]
    class_names: dict[str, str]

    def read(self, schema: Any) -> str:
        """The type of a value that comes back."""
        return self._union(schema, given=False)

    def given(self, schema: Any) -> str:
        """The type of an argument: also plain mappings for models, and any sequence for a list."""
        return self._union(schema, given=True)

    def constrained(self, schema: Any) -> str:
        """The type that an argument is validated against, with its bounds if it is of one kind."""
        annotation = self.read(schema)
        kind = annotation.removesuffix(" | None").partition("[")[0]
        bounds = [
            f"{name}={schema[keyword]!r}"
            for keyword, name in _BOUNDS.get(kind, {}).items()
            if isinstance(schema, dict) and keyword in schema
        ]
        return f"Annotated[{annotation}, Field({', '.join(bounds)})]" if bounds else annotation

    def _union(self, schema: Any, *, given: bool) -> str:
        members = list(dict.fromkeys(self._members(schema, given=given)))
        if "Any" in members:
            return "Any"
        # None reads best at the end.
        members.sort(key=lambda member: member == "None")
        return " | ".join(members)

    def _members(self, schema: Any, *, given: bool) -> list[str]:
        """The alternatives of a type, in order."""
        if not isinstance(schema, dict) or not schema:
            return ["Any"]
        if "$ref" in schema:
            return self._reference(schema["$ref"], given=given)
        if "const" in schema or "enum" in schema:
            return _literals(schema.get("enum", [schema.get("const")]))
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema and "properties" not in schema:
                return [m for part in schema[keyword] for m in self._members(part, given=given)]
        if len(schema.get("allOf", ())) == 1:
            return self._members(schema["allOf"][0], given=given)
        kinds = schema.get("type")
        listed = kinds if isinstance(kinds, list) else [kinds]
        return [self._kind(kind, schema, given=given) for kind in listed]

    def _reference(self, reference: str, *, given: bool) -> list[str]:
        where = tokens(from_reference(reference))
        if where[:2] != ["components", "schemas"] or len(where) != 3:  # noqa: PLR2004 - /components/schemas/{name}
            return ["Any"]
        target = follow(self.tree, {"$ref": reference})
        plain_too = given and isinstance(target, dict) and is_object(target)
        name = f"models.{self.class_names[where[2]]}"
        return [name, "Mapping[str, object]"] if plain_too else [name]

    def _kind(self, kind: str | None, schema: dict[str, Any], *, given: bool) -> str:
        if kind == "string":
            return runtime_type(schema) or _FORMATS.get(schema.get("format", ""), "str")
        if kind == "array":
            sequence = "Sequence" if given else "list"
            return f"{sequence}[{self._union(schema.get('items'), given=given)}]"
        if kind == "object":
            mapping = "Mapping" if given else "dict"
            values = schema.get("additionalProperties")
            return f"{mapping}[str, {self._union(values, given=given)}]"
        return _SCALARS.get(kind or "", "Any")


def is_object(schema: dict[str, Any]) -> bool:
    """Whether a schema is a model with fields of its own."""
    return "properties" in schema or "allOf" in schema


def _literals(values: list[Any]) -> list[str]:
    named = [value for value in values if isinstance(value, str | bool | int)]
    rest = [value for value in values if not isinstance(value, str | bool | int)]
    members = [f"Literal[{', '.join(map(repr, named))}]"] if named else []
    members += ["None" if value is None else "Any" for value in rest]
    return members or ["Any"]
