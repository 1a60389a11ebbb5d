"""Rules on components: those that nothing refers to, and those that no operation reaches."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.components import place
from specloom.document.pointer import from_reference, join, tokens
from specloom.document.references import is_reference

from .check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node

    from .scope import Scope

UNUSED_COMPONENT = Rule(
    "OAS120",
    "unused-component",
    "component is used by nothing",
    "No `$ref`, no discriminator mapping and no security requirement names it. It is left over, "
    "or what should refer to it does not.",
    Severity.WARNING,
)
UNREACHED_COMPONENT = Rule(
    "OAS121",
    "unreached-component",
    "component is used only by components that no operation reaches",
    "Others refer to it, but no chain of references leads from an operation to any of them, so it "
    "describes nothing that is ever sent. Often the operation should refer to it: a stream whose "
    "schema is a bare string leaves its event schemas behind like this.",
    Severity.WARNING,
)

_OPERATIONS: Final = ""
"""Stands for all that is no component."""


def unused(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every component that nothing but itself refers to."""
    users = _users(scope)
    for component in _components(node):
        if not users.get(component):
            yield Finding(component, f"{_name(component)} is used by nothing")


def unreached(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every component that something refers to, but no operation does through others."""
    users = _users(scope)
    reached = _reached(users)
    for component in _components(node):
        if users.get(component) and component not in reached:
            yield Finding(component, _unreached(component, users[component]))


def _unreached(component: str, users: set[str]) -> str:
    first, *others = sorted(users)
    more = f" and {len(others)} more, none of which an" if others else ", which no"
    return f"{_name(component)} is used only by {_name(first)}{more} operation reaches"


def _name(component: str) -> str:
    return repr(tokens(component)[-1])


def _components(node: Node) -> Iterator[str]:
    """The pointers of all components; none where there are no operations to use them."""
    if not (node.value.get("paths") or node.value.get("webhooks")):
        return
    for kind, named in node.value.get("components", {}).items():
        if isinstance(named, dict) and not kind.startswith("x-"):
            yield from (join("/components", kind, name) for name in named)


def _reached(users: dict[str, set[str]]) -> set[str]:
    uses: dict[str, set[str]] = defaultdict(set)
    for component, its_users in users.items():
        for user in its_users:
            uses[user].add(component)
    reached: set[str] = set()
    pending = [_OPERATIONS]
    while pending:
        for component in uses[pending.pop()] - reached:
            reached.add(component)
            pending.append(component)
    return reached


def _users(scope: Scope) -> dict[str, set[str]]:
    """For each component, the others that use it; `_OPERATIONS` stands for all else."""
    users: dict[str, set[str]] = defaultdict(set)
    for user_place, target in _uses(scope):
        user, component = _owner(user_place), _owner(target)
        if user != component:
            users[component].add(user)
    return users


def _owner(pointer: str) -> str:
    """The component that a pointer leads into."""
    parts = tokens(pointer)
    return join("", *parts[:3]) if parts[:1] == ["components"] else _OPERATIONS


def _uses(scope: Scope) -> Iterator[tuple[str, str]]:
    """Where something is used, and its pointer."""
    for node in scope.references:
        yield node.pointer, from_reference(node.value["$ref"])
    for kind, nodes in scope.nodes.items():
        for node in nodes if kind != "schema" else ():
            yield from ((node.pointer, from_reference(found)) for found in _in_extensions(node))
    for node in scope.nodes.get("schema", ()):
        yield from _uses_by_discriminator(node, scope)
    for node in (*scope.nodes["openapi"], *scope.nodes.get("operation", ())):
        for requirement in node.value.get("security", ()):
            for name in requirement:
                yield node.pointer, join("/components/securitySchemes", name)


def _in_extensions(node: Node) -> Iterator[str]:
    """The references within an object's extensions, such as the `x-webhooks` of 3.0 documents."""
    pending = [value for key, value in node.value.items() if str(key).startswith("x-")]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/"):
                yield reference
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)


def _uses_by_discriminator(node: Node, scope: Scope) -> Iterator[tuple[str, str]]:
    discriminator = node.value.get("discriminator")
    if isinstance(discriminator, dict):
        targets = [*discriminator.get("mapping", {}).values(), discriminator.get("defaultMapping")]
        yield from ((node.pointer, _mapped(target)) for target in targets if target)
    # An heir of a discriminated parent is one of its alternatives, mapped or not.
    for part in node.value.get("allOf", ()):
        if is_reference(part) and _has_discriminator(scope.follow(part)):
            yield from_reference(part["$ref"]), node.pointer


def _mapped(target: str) -> str:
    """The pointer of a mapping's value, which is a reference or a component's name."""
    is_name = not target.startswith("#")
    return place(target) if is_name else from_reference(target)


def _has_discriminator(schema: Any) -> bool:
    return isinstance(schema, dict) and "discriminator" in schema


CHECKS = (
    Check(UNUSED_COMPONENT, "openapi", unused),
    Check(UNREACHED_COMPONENT, "openapi", unreached),
)
