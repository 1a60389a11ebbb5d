"""A document into which of its components use which others, and which its operations lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import from_reference, join, tokens
from specloom.document.references import follow, is_reference
from specloom.document.walk import Node
from specloom.lint.mapped import mapped

if TYPE_CHECKING:
    from collections.abc import Iterator


OPERATIONS: Final = ""
"""Stands for all that is no component."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Who uses a component, and what each uses, in the order of the document."""

    users: dict[str, dict[str, None]] = field(default_factory=dict)
    used: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, user: str, component: str) -> None:
        """Note that one uses another; that it uses itself says nothing."""
        if user != component:
            self.users.setdefault(component, {})[user] = None
            self.used.setdefault(user, {})[component] = None

    def led_to(self, start: str, known: set[str]) -> list[str]:
        """What one leads to and is not known yet; then it is."""
        found, pending = [], [start]
        while pending:
            new = [each for each in self.used.get(pending.pop(), ()) if each not in known]
            known.update(new)
            found += new
            pending += new
        return found


Nodes = dict[str, list[Node]]
"""The objects of a document by their kind."""


def component_uses(tree: dict[str, Any], nodes: Nodes, references: list[Node]) -> Uses:
    """Which of a document's components use which; `references` are all objects with a `$ref`."""
    uses, known = Uses(), set(components(tree))
    for user_place, target in _uses(tree, nodes, references):
        if (component := _owner(target)) in known:
            uses.add(_owner(user_place), component)
    return uses


def components(tree: dict[str, Any]) -> Iterator[str]:
    """The pointers of all components."""
    for kind, named in tree.get("components", {}).items():
        if isinstance(named, dict) and not str(kind).startswith("x-"):
            yield from (join("/components", kind, name) for name in named)


def _owner(pointer: str) -> str:
    """The component that a pointer leads into."""
    parts = tokens(pointer)
    return join("", *parts[:3]) if parts[:1] == ["components"] else OPERATIONS


def _uses(tree: dict[str, Any], nodes: Nodes, references: list[Node]) -> Iterator[tuple[str, str]]:
    """Where something is used, and its pointer."""
    for node in references:
        yield node.pointer, from_reference(node.value["$ref"])
    for kind, alike in nodes.items():
        for node in alike if kind != "schema" else ():
            yield from ((node.pointer, from_reference(found)) for found in _in_extensions(node))
    for node in nodes.get("schema", ()):
        yield from _uses_by_discriminator(node, tree)
    for node in (*nodes["openapi"], *nodes.get("operation", ())):
        for requirement in node.value.get("security", ()):
            # From 3.2 on it may be a reference as well (OAS 3.2 §4.30).
            for name in requirement:
                is_name = not name.startswith("#")
                scheme = join("/components/securitySchemes", name)
                yield node.pointer, scheme if is_name else from_reference(name)


def _in_extensions(node: Node) -> Iterator[str]:
    """The references within an object's extensions, such as the `x-webhooks` of 3.0 documents."""
    return _within([value for key, value in node.value.items() if str(key).startswith("x-")])


def named_in_examples(nodes: Nodes) -> set[str]:
    """What a `$ref` within the value of an example names: it is data there, which none follows."""
    values = [node.value.get("value") for node in nodes.get("example", ())]
    return set(map(from_reference, _within(values)))


def _within(pending: list[Any]) -> Iterator[str]:
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/"):
                yield reference
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)


def _uses_by_discriminator(node: Node, tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    discriminator = node.value.get("discriminator")
    if isinstance(discriminator, dict):
        targets = [*discriminator.get("mapping", {}).values(), discriminator.get("defaultMapping")]
        places = (mapped(target, tree) for target in targets)
        yield from ((node.pointer, place) for place in places if place)
    # An heir of a discriminated parent is one of its alternatives, mapped or not.
    for part in node.value.get("allOf", ()):
        if is_reference(part) and _has_discriminator(follow(tree, part)):
            yield from_reference(part["$ref"]), node.pointer


def _has_discriminator(schema: Any) -> bool:
    return isinstance(schema, dict) and "discriminator" in schema
