"""Rules on how a parameter's name and value are written down in a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

BAD_FIELD_NAME = Rule(
    "OAS206",
    "bad-header-name",
    "name of a header or cookie can't be sent",
    "The name of a header is of letters, digits and ``!#$%&'*+-.^_`|~`` (RFC 9110 §5.1); that of "
    "a cookie ends at the first `=`, `;`, comma or space (RFC 6265 §4.1.1). No message can hold "
    "any other.",
)
MEANINGLESS_STYLE = Rule(
    "OAS207",
    "meaningless-style",
    "parameter's style says nothing for its type",
    "`spaceDelimited` and `pipeDelimited` write arrays and objects, and `deepObject` writes "
    "objects (OAS 3.2 §4.12); for any other type there is no rule. `allowEmptyValue` is for "
    "queries only, and `allowReserved` means nothing in a header.",
    Severity.WARNING,
)
OPTIONAL_PATH_PARAMETER = Rule(
    "OAS208",
    "optional-path-parameter",
    "path parameter is not required",
    "A path without the value of one of its variables is another path, so a parameter with "
    "`in: path` must have `required: true` (OAS 3.2 §4.12).",
)

_NAMES: Final = {
    "header": re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"),
    "cookie": re.compile(r"[^\s=;,\x00-\x1f\x7f]+"),
}
_SIMPLE: Final = ("string", "number", "integer", "boolean")
_STYLES: Final = {
    "spaceDelimited": _SIMPLE,
    "pipeDelimited": _SIMPLE,
    "deepObject": (*_SIMPLE, "array"),
}


def bad_names(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The parameter, if it is a header or a cookie whose name is none."""
    name, place = str(node.value.get("name", "")), node.value.get("in")
    if place in _NAMES and not _NAMES[place].fullmatch(name):
        message = f"{name!r} can't be the name of a {place}"
        yield Finding(join(node.pointer, "name"), message)


def bad_header_names(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every header of the response or the part whose name is none."""
    for name in node.value.get("headers", ()):
        if not _NAMES["header"].fullmatch(name):
            message = f"{name!r} can't be the name of a header"
            yield Finding(join(node.pointer, "headers", name), message)


def meaningless_styles(node: Node, scope: Scope) -> Iterator[Finding]:
    """The parameter, if what it says of its style has no meaning for it."""
    style, place = node.value.get("style"), node.value.get("in")
    kind = _type(scope.follow(node.value.get("schema")))
    if style in _STYLES and kind in _STYLES[style]:
        message = f"style {style!r} does not say how to write a value of type {kind}"
        yield Finding(join(node.pointer, "style"), message)
    if node.value.get("allowEmptyValue") and place != "query":
        message = f"`allowEmptyValue` means nothing in a {place}"
        yield Finding(join(node.pointer, "allowEmptyValue"), message)
    if node.value.get("allowReserved") and place == "header":
        message = "`allowReserved` means nothing in a header"
        yield Finding(join(node.pointer, "allowReserved"), message)


def _type(schema: Any) -> Any:
    """The one type of a schema, null apart."""
    found = schema.get("type") if isinstance(schema, dict) else None
    kinds = [kind for kind in found if kind != "null"] if isinstance(found, list) else [found]
    return kinds[0] if len(kinds) == 1 else None


def optional_path_parameters(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The parameter, if it is a path's and may be left out."""
    if node.value.get("in") == "path" and node.value.get("required") is not True:
        message = f"path parameter {node.value.get('name')!r} is not required"
        yield Finding(node.pointer, message, "add `required: true`")


CHECKS = (
    Check(BAD_FIELD_NAME, "parameter", bad_names),
    Check(BAD_FIELD_NAME, "response", bad_header_names),
    Check(BAD_FIELD_NAME, "encoding", bad_header_names),
    Check(MEANINGLESS_STYLE, "parameter", meaningless_styles),
    Check(OPTIONAL_PATH_PARAMETER, "parameter", optional_path_parameters),
)
