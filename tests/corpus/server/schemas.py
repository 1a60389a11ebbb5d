"""Schemas as a document writes them into JSON Schema 2020-12, for requests or for answers.

OpenAPI 3.0 has words of its own (`nullable`, boolean bounds, no siblings of `$ref`). What is
`readOnly` need not be sent, nor what is `writeOnly` answered (OAS 3.2 §4.24.4). Where a document
says `nullable` but JSON Schema doesn't allow null, null is taken, but never made. `oneOf` is taken
for `anyOf`: the members of many overlap, and some are the same.

Some keywords are for who makes values: `x-left-out` are names of properties, `x-made` is the schema
to make a value of, `x-tag` a property that tells a schema from others, `x-children` are the schemas
to choose from, `x-binary` says that it is bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from .discriminators import Discriminators
    from .files import Files, Place

View: TypeAlias = Literal["request", "answer"]
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs")
_ONES = (
    "items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains",
    "propertyNames", "not", "if", "then", "else", "contentSchema",
)  # fmt: skip
_PLAIN = {
    "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems",
    "minContains", "maxContains", "minProperties", "maxProperties", "required",
    "dependentRequired", "format", "contentEncoding", "contentMediaType",
}  # fmt: skip
_HIDDEN = {"request": "readOnly", "answer": "writeOnly"}


class Schemas:
    """The schemas of a document from one of two views; each that is referred to is made once."""

    def __init__(self, files: Files, view: View, discriminators: Discriminators) -> None:
        self._files, self._view, self._discriminators = files, view, discriminators
        self._is_30 = str(files.root.value.get("openapi", "")).startswith("3.0")
        self.definitions: dict[str, Any] = {}
        self._names: dict[str, str] = {}
        self._needed: dict[str, set[str]] = {}
        self._collected: set[str] = set()

    def convert(self, place: Place) -> dict[str, Any]:
        """A schema that stands by itself, with what it refers to in `$defs`."""
        self._collected = set()
        schema = self._schema(place, ())
        needed, found = list(self._collected), set[str]()
        while needed:
            name = needed.pop()
            if name not in found:
                found.add(name)
                needed += self._needed[name]
        bare = schema if isinstance(schema, dict) else {"allOf": [schema]}
        return {**bare, "$defs": {name: self.definitions[name] for name in found}}

    def _reference(self, target: Place) -> dict[str, Any]:
        name = self._names.get(target.key)
        if name is None:
            name = self._names[target.key] = f"s{len(self._names)}"
            outer, self._collected = self._collected, set()
            self._needed[name] = self._collected
            self.definitions[name] = {}
            self.definitions[name] = self._with_discriminator(target, self._schema(target, ()))
            self._collected = outer
        self._collected.add(name)
        return {"$ref": f"#/$defs/{name}"}

    def _with_discriminator(self, target: Place, schema: Any) -> Any:
        if not isinstance(schema, dict):
            return schema
        tags = self._discriminators.tags(target.key)
        if tags:
            schema["x-tag"] = tags
        children = self._discriminators.children(target)
        if children:
            schema["x-children"] = [self._reference(child) for child in children]
        return schema

    def _schema(self, place: Place, around: tuple[Place, ...]) -> Any:
        """Convert a schema; those `around` have it in their `allOf`."""
        value = place.value
        if not isinstance(value, dict):
            return value if isinstance(value, bool) else {}
        if isinstance(value.get("$ref"), str):
            target = self._reference(self._files.target(place, value["$ref"]))
            if self._is_30 or not value.keys() & {*_PLAIN, *_LISTS, *_MAPS, *_ONES}:
                return target
            return {"allOf": [target, self._own(place, around)]}
        return self._own(place, around)

    def _own(self, place: Place, around: tuple[Place, ...]) -> Any:
        value: dict[str, Any] = place.value
        made = {key: item for key, item in value.items() if key in _PLAIN}
        for key in _LISTS:
            if isinstance(value.get(key), list):
                outer = (*around, place) if key == "allOf" else ()
                steps = range(len(value[key]))
                made[key] = [self._schema(place.at(key, step), outer) for step in steps]
        for key in _MAPS:
            if isinstance(value.get(key), dict) and key != "$defs":
                made[key] = {n: self._schema(place.at(key, n), ()) for n in value[key]}
        for key in _ONES:
            if isinstance(value.get(key), dict | bool):
                made[key] = self._schema(place.at(key), ())
        self._hide(place, around, made)
        self._union(place, made)
        if "oneOf" in made:
            either = {"anyOf": made.pop("oneOf")}
            made |= {"allOf": [*made.get("allOf", []), either]} if "anyOf" in made else either
        _mend(made)
        made |= {"x-examples": _examples(value)} if _examples(value) else {}
        return self._nullable(value, made)

    def _union(self, place: Place, made: dict[str, Any]) -> None:
        tags = self._discriminators.of_union(place)
        if tags:
            key = "oneOf" if "oneOf" in made else "anyOf"
            name, values = tags
            made[key] = [
                {"allOf": [branch], "x-tag": {name: value}} if value else branch
                for branch, value in zip(made[key], values, strict=True)
            ]

    def _hide(self, place: Place, around: tuple[Place, ...], made: dict[str, Any]) -> None:
        names = {*made.get("required", []), *made.get("properties", {})}
        hidden = {n for n in names if any(self._is_hidden(p, n) for p in (place, *around))}
        if hidden:
            made["x-left-out"] = sorted(hidden)
            made["required"] = [name for name in made.get("required", []) if name not in hidden]

    def _is_hidden(self, place: Place, name: str, depth: int = 0) -> bool:
        """Whether a property, of a schema or of its `allOf`, is not seen from this view."""
        place = self._files.follow(place)
        if not isinstance(place.value, dict) or depth > 8:
            return False
        properties = place.get("properties")
        own = properties.get(name) if properties else None
        if own is not None and isinstance(own.value, dict):
            word = _HIDDEN[self._view]
            target = self._files.follow(own).value
            if own.value.get(word) or (isinstance(target, dict) and target.get(word)):
                return True
        parts = place.value.get("allOf")
        count = len(parts) if isinstance(parts, list) else 0
        return any(self._is_hidden(place.at("allOf", i), name, depth + 1) for i in range(count))

    def _nullable(self, value: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
        if value.get("nullable") is not True:
            return made
        kinds = made.get("type")
        if (
            self._is_30
            and isinstance(kinds, str)
            and not made.keys() & {"enum", "allOf", "oneOf", "anyOf"}
        ):
            return {**made, "type": [kinds, "null"]}
        if self._is_30 and isinstance(kinds, str) and None in made.get("enum", []):
            return {**made, "type": [kinds, "null"]}
        return {"anyOf": [made, {"type": "null"}], "x-made": made}


def _mend(made: dict[str, Any]) -> None:
    """Say in JSON Schema 2020-12 what 3.0 says otherwise; what means nothing there is left out."""
    for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(made.get(word), bool) and made.pop(word) and bound in made:
            made[word] = made.pop(bound)
    if made.get("type") == "file" or made.get("format") == "binary":
        # Bytes: they are no text that could be measured.
        for word in ("type", "minLength", "maxLength", "pattern"):
            made.pop(word, None)
        made["x-binary"] = True
    required = made.get("required")
    if required is not None:
        kept = required if isinstance(required, list) else []
        made["required"] = list(dict.fromkeys(n for n in kept if isinstance(n, str)))
    if isinstance(made.get("enum"), list) and not made["enum"]:
        del made["enum"]


def _examples(value: dict[str, Any]) -> list[Any]:
    found = [value["example"]] if "example" in value else []
    more = value.get("examples")
    return found + (more if isinstance(more, list) else [])
