"""Rules on parameters and headers: those of the path, and those that HTTP has taken already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.operations import served

from .template import expressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNDECLARED_PATH_PARAMETER = Rule(
    "OAS201",
    "undeclared-path-parameter",
    "path has a variable that no parameter declares",
    "Every `{variable}` of a path needs a parameter with `in: path` and that name, on the path or "
    "on each of its operations (OAS 3.2 §4.8.2). Without it nobody knows what to put there.",
)
UNUSED_PATH_PARAMETER = Rule(
    "OAS202",
    "unused-path-parameter",
    "path parameter does not occur in the path",
    "A parameter with `in: path` takes the place of the variable of its name (OAS 3.2 §4.12). "
    "There is none, so the parameter is misspelt or left over, and its value would go nowhere.",
)
IGNORED_HEADER = Rule(
    "OAS203",
    "ignored-header",
    "header is declared where OpenAPI ignores it",
    "`Accept`, `Content-Type` and `Authorization` as header parameters, and `Content-Type` as a "
    "header of a response, shall be ignored (OAS 3.2 §4.12, §4.17): `content` and `security` say "
    "what they are. What the declaration means to say is therefore lost.",
    Severity.WARNING,
)

_SAID_BY: Final = {
    "accept": "the `content` of the responses says it",
    "content-type": "the keys of `content` say it",
    "authorization": "`security` says it",
}


def undeclared_variables(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every variable of a path that some operation has no parameter for."""
    for path in served.paths(scope):
        names = dict.fromkeys(filter(None, expressions(path.name)))
        for operation in path.operations():
            declared = served.parameters(path, operation, scope)
            for name in names:
                if ("path", name) not in declared:
                    message = f"no parameter declares {{{name}}} of {path.name}"
                    yield Finding(operation.pointer, message)


def unused_parameters(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path parameter whose name is no variable of the path."""
    for path in served.paths(scope):
        used = set(expressions(path.name))
        for operation in path.operations():
            declared = served.parameters(path, operation, scope)
            for (place, name), found in declared.items():
                if place == "path" and name not in used:
                    message = f"path parameter {name!r} does not occur in {path.name}"
                    yield Finding(found.pointer, message)


def ignored_parameters(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The parameter, if it is a header that OpenAPI ignores."""
    name = str(node.value.get("name", ""))
    if node.value.get("in") == "header" and name.lower() in _SAID_BY:
        message = f"a header parameter {name!r} is ignored"
        yield Finding(join(node.pointer, "name"), message, _SAID_BY[name.lower()])


def ignored_headers(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every header of the response that OpenAPI ignores."""
    for name in node.value.get("headers", ()):
        if name.lower() == "content-type":
            message = f"a response header {name!r} is ignored"
            place = join(node.pointer, "headers", name)
            yield Finding(place, message, _SAID_BY[name.lower()])


CHECKS = (
    Check(UNDECLARED_PATH_PARAMETER, "openapi", undeclared_variables),
    Check(UNUSED_PATH_PARAMETER, "openapi", unused_parameters),
    Check(IGNORED_HEADER, "parameter", ignored_parameters),
    Check(IGNORED_HEADER, "response", ignored_headers),
)
