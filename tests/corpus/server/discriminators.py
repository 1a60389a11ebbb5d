"""Discriminators into the tags that a value of each schema has (OAS 3.2 §4.25).

A tag is a name of `mapping`, or the name of a component.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .files import Files, Place


class Discriminators:
    """The tags of a document's components, by inheritance and within unions."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._children: dict[str, list[Place]] = {}
        self._tags: dict[str, dict[str, str]] = {}
        for component in self._components():
            for parent in self._parents(component, 0):
                self._inherit(component, parent)

    def tags(self, key: str) -> dict[str, str]:
        """The tags by property that a component has by what it inherits from."""
        return self._tags.get(key, {})

    def children(self, target: Place) -> list[Place]:
        """The components that inherit from one with a discriminator."""
        return self._children.get(target.key, []) if _is_base(target.value) else []

    def of_union(self, place: Place) -> tuple[str, list[str]] | None:
        """The property, and the tag of each member of a union ("" if it has none)."""
        union = place.value.get("oneOf") or place.value.get("anyOf")
        name = _property(place.value)
        if not isinstance(union, list) or not name:
            return None
        key = "oneOf" if place.value.get("oneOf") else "anyOf"
        return name, [self._tag(place, place.at(key, i)) for i in range(len(union))]

    def _components(self) -> Iterator[Place]:
        components = self._files.root.get("components")
        schemas = components.get("schemas") if components else None
        for name in schemas.value if schemas and isinstance(schemas.value, dict) else ():
            yield schemas.at(name) if schemas else self._files.root

    def _parents(self, place: Place, depth: int) -> Iterator[Place]:
        parts = place.value.get("allOf") if isinstance(place.value, dict) else None
        for index in range(len(parts) if isinstance(parts, list) and depth < 8 else 0):
            part = place.at("allOf", index)
            if isinstance(part.value, dict) and "$ref" in part.value:
                parent = self._files.follow(part)
                yield parent
                yield from self._parents(parent, depth + 1)

    def _inherit(self, component: Place, parent: Place) -> None:
        name = _property(parent.value)
        if not name:
            return
        tag = self._mapped(parent, component) or component.pointer.rpartition("/")[2]
        self._tags.setdefault(component.key, {})[name] = tag.replace("~1", "/").replace("~0", "~")
        self._children.setdefault(parent.key, []).append(component)

    def _tag(self, union: Place, member: Place) -> str:
        if not isinstance(member.value, dict) or "$ref" not in member.value:
            return ""
        target = self._files.follow(member)
        return self._mapped(union, target) or target.pointer.rpartition("/")[2]

    def _mapped(self, place: Place, target: Place) -> str:
        discriminator = place.value["discriminator"]
        for tag, reference in (discriminator.get("mapping") or {}).items():
            plain = reference if "/" in reference or "#" in reference or "." in reference else ""
            try:
                found = self._files.follow(
                    self._files.target(place, plain or f"#/components/schemas/{reference}")
                )
            except (LookupError, OSError):
                continue
            if found.key == target.key:
                return str(tag)
        return ""


def _property(value: Any) -> str:
    discriminator = value.get("discriminator") if isinstance(value, dict) else None
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
    return name if isinstance(name, str) else ""


def _is_base(value: Any) -> bool:
    return bool(_property(value)) and not value.get("oneOf") and not value.get("anyOf")
