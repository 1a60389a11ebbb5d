"""A normalized schema into the text of a Python type expression.

Components are `models.<Class>`; what can't be said exactly becomes the nearest honest type.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from specloom.document import components
from specloom.document.objects import is_object
from specloom.document.references import follow
from specloom.formats import runtime_type

_SCALARS: Final = {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}
# How far components are followed into one another, and how much of it a reader takes in.
_DEEPEST: Final = 20
_MOST_PLAIN: Final = 3
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
    nullable: dict[int, bool] = field(default_factory=dict)
    """What `allows_null` found, by the identity of a schema: many lead to one."""
    plain: dict[int, tuple[str, ...]] = field(default_factory=dict)

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

    def allows_null(self, schema: Any, depth: int = 0) -> bool:
        """Whether null is one of the values."""
        schema = follow(self.tree, schema)
        if not isinstance(schema, dict) or depth > _DEEPEST:
            return True
        if id(schema) not in self.nullable:
            self.nullable[id(schema)] = True  # as far as it is a part of itself
            self.nullable[id(schema)] = self._takes_null(schema, depth + 1)
        return self.nullable[id(schema)]

    def _takes_null(self, schema: dict[str, Any], depth: int) -> bool:
        kinds = schema.get("type", "null")
        return (
            "null" in ([kinds] if isinstance(kinds, str) else kinds)
            and None in schema.get("enum", [schema.get("const")])
            and all(self.allows_null(part, depth) for part in schema.get("allOf", ()))
            and any(self.allows_null(part, depth) for part in schema.get("anyOf", (True,)))
            and any(self.allows_null(part, depth) for part in schema.get("oneOf", (True,)))
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
        return " | ".join(_with_one_literal(members))

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
        name = f"models.{self.class_names[component]}"
        return [name, *self._plain({"$ref": reference})] if given else [name]

    def _plain(self, schema: Any, depth: int = 0) -> tuple[str, ...]:
        """What may be given in the place of models that a component is, or is made of."""
        found = follow(self.tree, schema)
        if not isinstance(found, dict) or depth > _DEEPEST:
            return ()
        if id(found) not in self.plain:
            self.plain[id(found)] = ()  # as far as it is a part of itself
            self.plain[id(found)] = self._plain_parts(found, depth + 1)
        return self.plain[id(found)]

    def _plain_parts(self, schema: dict[str, Any], depth: int) -> tuple[str, ...]:
        if schema.get("type") == "object" or is_object(self.tree, schema):
            return ("Mapping[str, object]",)
        if schema.get("type") == "array":
            items = self._plain(schema.get("items"), depth)
            return (f"Sequence[{' | '.join(items)}]",) if items else ()
        parts = [part for word in ("allOf", "oneOf", "anyOf") for part in schema.get(word, ())]
        found = dict.fromkeys(plain for part in parts for plain in self._plain(part, depth))
        return tuple(found)[:_MOST_PLAIN]

    def _kind(self, kind: str | None, schema: dict[str, Any], *, given: bool) -> str:
        if kind == "string":
            return runtime_type(schema) or _FORMATS.get(schema.get("format", ""), "str")
        if kind == "array":
            sequence = "Sequence" if given else "list"
            # What stands first may be of other types than the rest.
            items = True if schema.get("prefixItems") else schema.get("items")
            return f"{sequence}[{self._union(items, given=given)}]"
        if kind == "object":
            mapping = "Mapping" if given else "dict"
            values = schema.get("additionalProperties")
            return f"{mapping}[str, {self._union(values, given=given)}]"
        return _SCALARS.get(kind or "", "Any")


def _literals(values: list[Any]) -> list[str]:
    named = [value for value in values if isinstance(value, str | bool | int)]
    rest = [value for value in values if not isinstance(value, str | bool | int)]
    members = [f"Literal[{value!r}]" for value in named]
    members += ["None" if value is None else "Any" for value in rest]
    return members or ["Any"]


def _with_one_literal(members: list[str]) -> list[str]:
    """The members with one `Literal` of all values, where the first one stood."""
    literals = [member for member in members if member.startswith("Literal[")]
    joined = ", ".join(literal[len("Literal[") : -1] for literal in literals)
    named = (f"Literal[{joined}]" if member in literals else member for member in members)
    return list(dict.fromkeys(named))
