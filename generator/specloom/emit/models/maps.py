"""A map among other types is said apart from them, so that neither loses what is said of it."""

from __future__ import annotations

from typing import Any, Final

# What is said of a map alone.
_NAMED: Final = {"patternProperties", "propertyNames"}
_OF_MAPS: Final = {"additionalProperties", "unevaluatedProperties", *_NAMED}
# What is said of the whole, whichever type it has.
_OF_ALL: Final = {
    "title", "description", "deprecated", "default", "readOnly", "writeOnly", "minProperties",
    "maxProperties",
}  # fmt: skip
_MORE: Final = {"properties", "allOf", "anyOf", "oneOf", "enum", "const", "$ref"}


def part_map(schema: dict[str, Any]) -> None:
    """Make a union of a schema that lists several types, one of which is a map of some type."""
    kinds = schema.get("type")
    if not isinstance(kinds, list) or "object" not in kinds or _MORE & schema.keys():
        return
    others = [kind for kind in kinds if kind != "object"]
    names_alone = bool(_NAMED & schema.keys()) and others == ["null"]  # comes out well as it is
    is_typed = bool(_NAMED & schema.keys()) or isinstance(schema.get("additionalProperties"), dict)
    if not others or not is_typed or names_alone:
        return
    said = {keyword: schema.pop(keyword) for keyword in [*schema] if keyword not in _OF_ALL}
    map_ = {keyword: value for keyword, value in said.items() if keyword in _OF_MAPS}
    rest = {keyword: value for keyword, value in said.items() if keyword not in _OF_MAPS}
    whole = {"type": others[0] if len(others) == 1 else others}
    schema["anyOf"] = [{"type": "object"} | map_, rest | whole]
