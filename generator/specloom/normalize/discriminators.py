"""A parent schema whose heirs inherit it and its discriminator becomes a union of the heirs.

Each heir then pins its own tag by `const`, and what they shared moves to `<Parent>Base`, so that
no type contains itself. A parent that has a `oneOf` or `anyOf` already is left as it is. What
`defaultMapping` names takes any tag, so a union with it has no discriminator for plain matching.
(OAS 3.2 §4.25.4)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document import components
from specloom.document.walk import walk

from .family import Family, standing_for_heirs

if TYPE_CHECKING:
    from specloom.document.load import Document


def run(document: Document) -> None:
    """Rewrite every such parent in place."""
    schemas = document.tree.get("components", {}).get("schemas", {})
    parents = [name for name in schemas if _is_parent(schemas[name])]
    family = Family(document, schemas)
    for name in schemas if parents else ():
        family.add(name)
    inner = {
        heir
        for name in parents
        for heir in family.descendants(name)
        if _tag(schemas[heir]) == _tag(schemas[name])
    }
    wide = standing_for_heirs(document) if parents else set()
    # An heir with heirs of its own becomes a union along with its parent.
    for name in sorted(parents, key=inner.__contains__):
        tags = _tags(family, name) if _is_parent(schemas[name]) else {}
        if tags:
            _rewrite(family, name, tags, wide | inner)
    for node in walk(document.tree):
        if node.kind == "schema" and isinstance(node.value, dict):
            _tell_tags(schemas, node.value)


def _tell_tags(schemas: dict[str, Any], union: dict[str, Any]) -> None:
    """Write into a union's mapping the tags of members that say themselves what they are."""
    discriminator = union.get("discriminator")
    if isinstance(discriminator, dict) and "defaultMapping" in discriminator:
        # One member takes any tag, so which one is meant is told by trying.
        del union["discriminator"]
        return
    members = [
        name
        for member in (*union.get("oneOf", ()), *union.get("anyOf", ()))
        if isinstance(member, dict) and (name := components.name_of(member.get("$ref", "")))
    ]
    if not isinstance(discriminator, dict) or discriminator.get("mapping"):
        return
    said = {name: _own_tags(schemas.get(name), discriminator["propertyName"]) for name in members}
    if any(tags not in ([], [name]) for name, tags in said.items()):
        discriminator["mapping"] = {
            tag: components.reference(name) for name, tags in said.items() for tag in tags or [name]
        }


def _own_tags(schema: Any, tag: str) -> list[str]:
    """The tags that a schema itself admits, those of what it refers to aside."""
    for part in (schema, *schema.get("allOf", ())) if isinstance(schema, dict) else ():
        declared = part.get("properties", {}).get(tag) if isinstance(part, dict) else None
        if isinstance(declared, dict):
            values = [declared["const"]] if "const" in declared else declared.get("enum", [])
            return [value for value in values if isinstance(value, str)]
    return []


def _is_parent(schema: Any) -> bool:
    return (
        isinstance(schema, dict)
        and isinstance(schema.get("discriminator"), dict)
        and not ({"oneOf", "anyOf"} & schema.keys())
    )


def _tags(family: Family, parent: str) -> dict[str, list[str]]:
    """For each component that inherits the parent, directly or not, the tags that stand for it.

    A parent that the mapping names itself is among them.
    """
    schemas = family.schemas
    tag = schemas[parent]["discriminator"]["propertyName"]
    heirs = family.descendants(parent)
    tags: dict[str, list[str]] = {}
    for name in (parent, *heirs):
        if _tag(schemas[name]) == tag:
            tags = _mapped(schemas[name]) | tags
    themselves = [parent] if heirs and parent in tags else []
    return {
        name: tags.get(name) or _own_tags(schemas[name], tag) or [name]
        for name in (*themselves, *heirs)
    }


def _tag(schema: Any) -> str | None:
    """The property by which a schema's heirs are told."""
    return schema["discriminator"]["propertyName"] if _is_parent(schema) else None


def _mapped(parent: dict[str, Any]) -> dict[str, list[str]]:
    """For each component that a parent's mapping names, its tags."""
    tags: dict[str, list[str]] = {}
    for tag, target in parent["discriminator"].get("mapping", {}).items():
        tags.setdefault(components.name_of(target) or target, []).append(tag)
    return tags


def _rewrite(family: Family, parent: str, tags: dict[str, list[str]], wide: set[str]) -> None:
    """Make the parent a union, and those of its heirs that stand for heirs of their own, too."""
    schemas = family.schemas
    discriminator = schemas[parent]["discriminator"]
    default = _default(discriminator)
    unions = {
        name: [name, *family.descendants(name)]
        for name in tags
        if name in wide and name != default and family.heirs.get(name)
    }
    unions[parent] = list(tags) if default in tags else [*tags, default]
    base = family.move(parent, _without(discriminator, schemas[parent]))
    members = {default: base if default == parent else default} if default in schemas else {}
    for name in [name for name in tags if name not in members]:
        pin = _pin(discriminator["propertyName"], tags[name])
        if name == parent:
            members[name] = family.create(parent, parent + "Self", _inherit(base, pin))
        else:
            members[name] = _pin_heir(family, name, pin, discriminator, is_union=name in unions)
    for name, among in unions.items():
        said = {key: schemas[name][key] for key in ("description",) if key in schemas[name]}
        told = {members[one]: tags[one] for one in among if one in members and one != default}
        rest = members.get(default) if default in among else None
        family.put(name, said | _union(discriminator, told, rest))


def _without(discriminator: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """What a schema says but by which property its heirs are told, if by the same."""
    own = schema.get("discriminator", discriminator)
    told = {"discriminator"} if own["propertyName"] == discriminator["propertyName"] else set()
    return {key: value for key, value in schema.items() if key not in told}


def _pin_heir(
    family: Family, name: str, pin: dict[str, Any], discriminator: dict[str, Any], *, is_union: bool
) -> str:
    """Let an heir say its tag, but not its own heirs; the component that says it."""
    if not family.heirs.get(name):
        family.schemas[name]["allOf"].append(pin)
        return name
    base = family.move(name, _without(discriminator, family.schemas[name]))
    if is_union:
        return family.create(name, name + "Self", _inherit(base, pin))
    family.put(name, _inherit(base, pin))
    return name


def _union(
    discriminator: dict[str, Any], told: dict[str, list[str]], rest: str | None
) -> dict[str, Any]:
    members = [{"$ref": components.reference(name)} for name in told]
    if rest:
        return {"anyOf": [*members, {"$ref": components.reference(rest)}]}
    mapping = {tag: components.reference(name) for name, tags in told.items() for tag in tags}
    return {"oneOf": members, "discriminator": discriminator | {"mapping": mapping}}


def _default(discriminator: dict[str, Any]) -> str:
    """The component that takes every tag that stands for no other, and no tag, too."""
    target = discriminator.get("defaultMapping", "")
    return components.name_of(target) or target


def _inherit(base: str, pin: dict[str, Any]) -> dict[str, Any]:
    return {"allOf": [{"$ref": components.reference(base)}, pin]}


def _pin(tag: str, values: list[str]) -> dict[str, Any]:
    pinned = {"const": values[0]} if len(values) == 1 else {"enum": values}
    return {"type": "object", "properties": {tag: {"type": "string"} | pinned}, "required": [tag]}
