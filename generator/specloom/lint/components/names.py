"""Rules on what components are called, and on what is said of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

COMPONENT_NAME = Rule(
    "OAS122",
    "component-name",
    "name of a component has characters that it may not have",
    "The names of components are made of letters of ASCII, digits, `.`, `-` and `_` (OAS 3.2 "
    "§4.7.1), so that references to them need no escapes, and tools refuse others. Rename the "
    "component, and what refers to it.",
)
UNDESCRIBED_COMPONENT = Rule(
    "OAS123",
    "undescribed-component",
    "component has no description",
    "A component is used in many places, and its `description` is what all of them show. Say what "
    "it stands for.",
    Severity.INFO,
    recommended=False,
)

_DESCRIBED: Final = frozenset(
    {"schemas", "parameters", "requestBodies", "headers", "securitySchemes", "links"}
)
_NAME: Final = re.compile(r"[a-zA-Z0-9._-]+")


def misnamed(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every component whose name is none."""
    for kind, named in node.value.items():
        for name in named if isinstance(named, dict) and not kind.startswith("x-") else ():
            if not _NAME.fullmatch(name):
                message = f"{name!r} has other characters than letters, digits, '.', '-' and '_'"
                yield Finding(join(node.pointer, kind, name), message)


def undescribed(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every component that has no description, and may have one."""
    for kind in node.value.keys() & _DESCRIBED:
        for name, component in node.value[kind].items():
            if isinstance(component, dict) and not {"description", "$ref"} & component.keys():
                place = join(node.pointer, kind, name)
                yield Finding(place, f"{name!r} has no description")


CHECKS = (
    Check(COMPONENT_NAME, "components", misnamed),
    Check(UNDESCRIBED_COMPONENT, "components", undescribed),
)
