"""Rules on the variables of servers: defined, used, and with a default that is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.paths.template import expressions

from .servers import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNDEFINED_SERVER_VARIABLE = Rule(
    "OAS133",
    "undefined-server-variable",
    "server URL has a variable that is not defined",
    "Each `{variable}` of a server's URL needs an entry in its `variables` (OAS 3.2 §4.5), whose "
    "`default` is what to put there. Without it the URL leads nowhere.",
)
UNUSED_SERVER_VARIABLE = Rule(
    "OAS134",
    "unused-server-variable",
    "server variable does not occur in the URL",
    "A variable is put into the server's URL (OAS 3.2 §4.5). This one is misspelt or left over: "
    "whatever is chosen for it changes nothing.",
    Severity.WARNING,
)
IMPOSSIBLE_DEFAULT = Rule(
    "OAS135",
    "impossible-server-default",
    "default of a server variable is none of its values",
    "`enum` lists all values of a variable; it must not be empty, and `default` must be one of "
    "them (OAS 3.2 §4.6). Which of the two is wrong, nobody can tell.",
)


def undefined_variables(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every variable of a server's URL that has no entry."""
    for pointer, server in servers(scope):
        defined = server.get("variables", {})
        for name in dict.fromkeys(expressions(str(server.get("url", "")))):
            if name and name not in defined:
                yield Finding(join(pointer, "url"), f"{{{name}}} is not among the variables")


def unused_variables(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every entry whose name is no variable of the URL."""
    for pointer, server in servers(scope):
        used = set(expressions(str(server.get("url", ""))))
        for name in server.get("variables", {}):
            if name not in used:
                message = f"variable {name!r} does not occur in {server.get('url')!r}"
                yield Finding(join(pointer, "variables", name), message)


def impossible_defaults(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every default that the variable's enum does not list."""
    for pointer, server in servers(scope):
        for name, variable in server.get("variables", {}).items():
            values, place = variable.get("enum"), join(pointer, "variables", name)
            if values == []:
                yield Finding(join(place, "enum"), f"variable {name!r} may have no value at all")
            elif values is not None and variable.get("default") not in values:
                message = f"default {variable.get('default')!r} is not in the enum"
                yield Finding(join(place, "default"), message)


CHECKS = (
    Check(UNDEFINED_SERVER_VARIABLE, "openapi", undefined_variables),
    Check(UNUSED_SERVER_VARIABLE, "openapi", unused_variables),
    Check(IMPOSSIBLE_DEFAULT, "openapi", impossible_defaults),
)
