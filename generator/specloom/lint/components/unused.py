"""Rules on components: those that nothing refers to, and those that no operation reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import tokens
from specloom.lint.check import Check, Finding

from .uses import OPERATIONS, Uses, components, named_in_examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNUSED_COMPONENT = Rule(
    "OAS120",
    "unused-component",
    "component is used by nothing",
    "No `$ref`, no discriminator mapping and no security requirement names it. It is left over, "
    "or what should refer to it does not. What it alone leads to is told with it.",
    Severity.WARNING,
)
UNREACHED_COMPONENT = Rule(
    "OAS121",
    "unreached-component",
    "component is used only by components that no operation reaches",
    "Others refer to it, and they to one another in a circle, but no chain of references leads "
    "there from an operation, so it describes nothing that is ever sent. Often the operation "
    "should refer to it: a stream whose schema is a bare string leaves its event schemas behind "
    "like this. What it leads to is told with it.",
    Severity.WARNING,
)


def unused(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every component that nothing but itself refers to, with what it alone leads to."""
    found = _unused(node, scope.uses, _reached(scope))
    has_examples = any(component.startswith("/components/examples/") for component, _ in found)
    data = named_in_examples(scope.nodes) if has_examples else set()
    for component, led_to in found:
        hint = "a `$ref` in the value of an example is data" if component in data else None
        yield Finding(component, f"{_name(component)} is used by nothing{_so(led_to)}", hint)


def unreached(node: Node, scope: Scope) -> Iterator[Finding]:
    """One component of each circle that neither operations nor unused ones lead to."""
    uses, reached = scope.uses, _reached(scope)
    _unused(node, uses, reached)
    for component in _components(node):
        if component not in reached and component in uses.users:
            led_to = [each for each in uses.led_to(component, reached) if each != component]
            user = _user(uses.users[component])
            yield Finding(component, f"{_name(component)} is used only by {user}{_so(led_to)}")


def _reached(scope: Scope) -> set[str]:
    """The components that operations lead to."""
    reached: set[str] = set()
    scope.uses.led_to(OPERATIONS, reached)
    return reached


def _unused(node: Node, uses: Uses, reached: set[str]) -> list[tuple[str, list[str]]]:
    """The unused components, and what each leads to that is not reached; then it is."""
    roots = [component for component in _components(node) if component not in uses.users]
    return [(component, uses.led_to(component, reached)) for component in roots]


def _so(led_to: list[str], enough: int = 3) -> str:
    if not led_to:
        return ""
    names = ", ".join(map(_name, led_to[:enough]))
    more = f" and {len(led_to) - enough} more" if len(led_to) > enough else ""
    return f", so no operation reaches {names}{more}"


def _user(users: Iterable[str]) -> str:
    first, *others = users
    return _name(first) + (f" and {len(others)} more" if others else "")


def _name(component: str) -> str:
    return repr(tokens(component)[-1])


def _components(node: Node) -> Iterator[str]:
    """The pointers of all components; none where there are no operations to use them."""
    has_operations = node.value.get("paths") or node.value.get("webhooks")
    return components(node.value) if has_operations else iter(())


CHECKS = (
    Check(UNUSED_COMPONENT, "openapi", unused),
    Check(UNREACHED_COMPONENT, "openapi", unreached),
)
