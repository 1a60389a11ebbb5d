"""A value into the members of its objects that none of their schemas declares.

Where schemas leave an object open on purpose, nothing is undeclared. Knows nothing of answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import join

from .instances import ALTERNATIVES, fitting, matches, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .instances import Instance
    from .schemas import Schemas

# One of these speaks for every member: lets them be, describes them, or refuses them, which is for
# the schema's own check to say. What the last two add is not looked up.
_SPEAKS_FOR_ALL: Final = frozenset(
    {"additionalProperties", "unevaluatedProperties", "$dynamicRef", "$recursiveRef"}
)
_SPEAKS_OF_MEMBERS: Final = frozenset(
    {"properties", "patternProperties", "required", "dependentRequired", "dependentSchemas"}
    | {"propertyNames", "minProperties", "allOf", "anyOf", "oneOf", "not", "if", "$ref"}
)


def undeclared_fields(
    schemas: Schemas, pointer: str, value: Any, place: str = ""
) -> Iterator[tuple[str, str]]:
    """The members that the schema at a pointer doesn't have: messages, and where in the value."""
    objects: dict[str, list[Instance]] = {}
    for instance in walk(schemas, pointer, value, place):
        if isinstance(instance.value, dict):
            objects.setdefault(instance.place, []).append(instance)
    for found, instances in objects.items():
        if not _is_open(schemas, instances):
            for name in _undeclared(instances):
                yield f"the document has no {name!r} here", join(found, name)


def _undeclared(instances: Sequence[Instance]) -> list[str]:
    """The names of an object's members that none of its schemas has."""
    declared = {name for one in instances for name in one.schema.get("properties", ())}
    patterns = {name for one in instances for name in one.schema.get("patternProperties", ())}
    return [
        name
        for name in instances[0].value
        if name not in declared and not any(matches(pattern, name) for pattern in patterns)
    ]


def _is_open(schemas: Schemas, instances: Sequence[Instance]) -> bool:
    """Whether an object may have any members, or it isn't known what it is."""
    names_members = any(
        one.schema.get("properties") or one.schema.get("patternProperties") for one in instances
    )
    return not names_members or any(_leaves_open(schemas, one) for one in instances)


def _leaves_open(schemas: Schemas, instance: Instance) -> bool:
    schema = instance.schema
    if not _SPEAKS_FOR_ALL.isdisjoint(schema):
        return True
    # The subtypes of such a schema are named elsewhere (OAS 3.2 §4.25).
    if "discriminator" in schema and not any(keyword in schema for keyword in ALTERNATIVES):
        return True
    if not schema.get("$ref", "#/").startswith("#/"):
        return True
    return any(_any_fits(schemas, instance, keyword) for keyword in ALTERNATIVES)


def _any_fits(schemas: Schemas, instance: Instance, keyword: str) -> bool:
    """Whether any object would do for an alternative, or this one does for none."""
    if keyword not in instance.schema:
        return False
    branches = fitting(schemas, instance, keyword)
    followed = (schemas.follow(branch.pointer)[1] for branch in branches)
    return not branches or any(_takes_anything(schema) for schema in followed)


def _takes_anything(schema: Any) -> bool:
    return schema is True or _SPEAKS_OF_MEMBERS.isdisjoint(schema)
