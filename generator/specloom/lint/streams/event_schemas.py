"""A stream's media type into the schemas of what its events carry, and the names of the events.

Knows nothing of examples or of rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join
from specloom.event_stream import EVENT_STREAM, sequential_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

Place = tuple[str, Any]
"""A schema's pointer and the schema, references followed."""


def carried(media: Node, scope: Scope) -> list[Place]:
    """The schemas of what one event, or one item, of a stream carries; none if nothing says it."""
    item = scope.target(join(media.pointer, "itemSchema"), media.value.get("itemSchema"))
    if item[1] is None:
        whole = scope.target(join(media.pointer, "schema"), media.value.get("schema"))
        return [] if is_text(whole[1]) else [_each(whole, scope)]
    if sequential_kind(str(media.key)) == EVENT_STREAM:
        return list(_contents(item, scope))
    return [item]


def is_text(schema: Any) -> bool:
    """Whether a schema says no more of a stream than that it is text, or a list."""
    if not isinstance(schema, dict) or not schema:
        return True
    kind = schema.get("type")
    return kind == "string" or (kind == "array" and "items" not in schema)


def _each(whole: Place, scope: Scope) -> Place:
    """What a list of all events says of each (OAS 3.2 §4.14.3)."""
    pointer, schema = whole
    if schema.get("type") != "array":
        return whole
    return scope.target(join(pointer, "items"), schema["items"])


def _contents(item: Place, scope: Scope) -> Iterator[Place]:
    """What the data of an event holds, by each alternative of the event's schema."""
    for pointer, schema in alternatives(item, scope):
        field = schema.get("properties", {}).get("data")
        place, data = scope.target(join(pointer, "properties", "data"), field)
        if isinstance(data, dict) and "contentSchema" in data:
            yield scope.target(join(place, "contentSchema"), data["contentSchema"])


def alternatives(top: Place, scope: Scope) -> Iterator[Place]:
    """A schema, and all that its combinators name, references followed."""
    pending, seen = [top], set()
    while pending:
        pointer, schema = pending.pop()
        if not isinstance(schema, dict) or pointer in seen:
            continue
        seen.add(pointer)
        yield pointer, schema
        for keyword in ("allOf", "anyOf", "oneOf"):
            pending.extend(
                scope.target(join(pointer, keyword, index), part)
                for index, part in enumerate(schema.get(keyword, ()))
            )


def property_names(places: list[Place], scope: Scope) -> set[str]:
    """The properties that any of the schemas, or of their alternatives, names."""
    return {
        name
        for place in places
        for _, schema in alternatives(place, scope)
        for name in schema.get("properties", ())
    }


def tag_values(places: list[Place], tag: str, scope: Scope) -> set[str]:
    """The values that a property may have, as far as the schemas list them."""
    values: set[str] = set()
    for place in places:
        for _, schema in alternatives(place, scope):
            discriminator = schema.get("discriminator", {})
            if discriminator.get("propertyName") == tag:
                values.update(discriminator.get("mapping", ()))
            values.update(_listed(scope.follow(schema.get("properties", {}).get(tag))))
    return values


def _listed(schema: Any) -> list[str]:
    if not isinstance(schema, dict):
        return []
    listed = [schema["const"]] if "const" in schema else schema.get("enum", ())
    return [value for value in listed if isinstance(value, str)]
