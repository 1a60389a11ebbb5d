"""A normalized schema into the text of a Python type expression.

Components are `models.<Class>`; what can't be said exactly becomes the nearest honest type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from specloom.document import components
from specloom.document.objects import is_object
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

    def allows_null(self, schema: Any, above: tuple[int, ...] = ()) -> bool:
        """Whether null is one of the values; `above` are the schemas that this one is part of."""
        schema = follow(self.tree, schema)
        if not isinstance(schema, dict) or id(schema) in above:
            return True
        above = (*above, id(schema))
        kinds = schema.get("type", "null")
        return (
            "null" in ([kinds] if isinstance(kinds, str) else kinds)
            and None in schema.get("enum", [schema.get("const")])
            and all(self.allows_null(part, above) for part in schema.get("allOf", ()))
            and any(self.allows_null(part, above) for part in schema.get("anyOf", (True,)))
            and any(self.allows_null(part, above) for part in schema.get("oneOf", (True,)))
        )

    def default(self, schema: Any) -> str | None:
        """The default as Python writes it, if it is one value."""
        found = (schema, follow(self.tree, schema))
        defaults = [
            part["default"] for part in found if isinstance(part, dict) and "default" in part
        ]
        value = defaults[0] if defaults else None
        return repr(value) if isinstance(value, str | int | float) else None

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
        if "allOf" in schema and "type" not in schema:
            return self._part(schema["allOf"], given=given)
        kinds = schema.get("type")
        listed = kinds if isinstance(kinds, list) else [kinds]
        return [self._kind(kind, schema, given=given) for kind in listed]

    def _part(self, parts: list[Any], *, given: bool) -> list[str]:
        """What the first part says that says a type at all; the others only narrow it."""
        said = (self._members(part, given=given) for part in parts)
        return next((members for members in said if "Any" not in members), ["Any"])

    def _reference(self, reference: str, *, given: bool) -> list[str]:
        component = components.name_of(reference)
        if component is None:
            return ["Any"]
        plain_too = given and is_object(self.tree, {"$ref": reference})
        name = f"models.{self.class_names[component]}"
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


def _literals(values: list[Any]) -> list[str]:
    named = [value for value in values if isinstance(value, str | bool | int)]
    rest = [value for value in values if not isinstance(value, str | bool | int)]
    members = [f"Literal[{', '.join(map(repr, named))}]"] if named else []
    members += ["None" if value is None else "Any" for value in rest]
    return members or ["Any"]
