"""Rules on answers of which prose tells more than the document: error codes and statuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.grouping import once
from specloom.media_types import is_json

from .told import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

    from .told import Facts

CODE_IN_PROSE = Rule(
    "OAS591",
    "code-in-prose",
    "the description lists error codes that the schema lacks",
    "Programs tell errors apart by their codes, and here only people can read which there are. "
    "List them in the `enum` of the body's property, or in `x-extensible-enum` if more may come.",
    Severity.HINT,
)
STATUS_IN_PROSE = Rule(
    "OAS423",
    "status-in-prose",
    "the operation's description tells a status that is not documented",
    "The text promises an answer that `responses` lacks, so no client has a type for it and no "
    "test expects it. Document it there (OAS 3.2 §4.17).",
    Severity.HINT,
)

_BULLET: Final = re.compile(
    r"^\s{0,8}[-*+•] {1,4}(?:[45]\d\d,? )?[`*]{1,2}([A-Za-z][\w.-]{2,60})[`*]{1,2}"
    r" ?[:,\u2013\u2014-]",
    re.MULTILINE,
)
_LONE: Final = re.compile(r"\A`([A-Za-z][\w.-]{2,60})` ?:")
_CODE_FIELDS: Final = ("code", "error", "error_code", "errorCode", "type", "reason")
_STATUS: Final = re.compile(
    r"\b(?i:returns?|returned|responds? with|response|answers? with|status(?: code)?(?: of)?|"
    r"results? in|receives?)"
    r"(?: an?| the)?(?: HTTP)?(?: status)?(?: code)? [`*\"]{0,2}([2-5]\d\d)"
    r"(?:[`*\"]{1,2}| [A-Z][a-z]+|"
    r" (?:status|error|response|HTTP|code|if|when(?! (?:you|the client) follow))\b|[.,](?!\d)|$)",
    re.MULTILINE,
)


def codes(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The codes that descriptions of errors list, the same ones once."""
    yield from once(found for node in scope.nodes.get("response", ()) for found in _of(node, scope))


def _of(node: Node, scope: Scope) -> Iterator[Finding]:
    """The codes that the description of an error lists, if its body's schema has none of them."""
    text = node.value.get("description")
    told = _codes(text) if isinstance(text, str) and "`" in text and _is_error(node) else []
    for name, entry in node.value.get("content", {}).items() if told else ():
        schema = scope.follow(entry).get("schema")
        if is_json(name) and (schema is None or _lacks(set(told), facts_of(schema, scope), scope)):
            yield Finding(join(node.pointer, "description"), _message(told), "list them in `enum`")
            return


def _lacks(told: set[str], body: Facts, scope: Scope) -> bool:
    """Whether a body has properties for a code, and none of them lists one of those told."""
    fields = [
        facts_of(properties[name], scope)
        for properties in body.values("properties")
        for name in _CODE_FIELDS
        if name in properties
    ]
    texts = [field for field in fields if "string" in field.types]
    listed = {value for field in texts for value in field.listed if isinstance(value, str)}
    return bool(texts) and not listed & told


def _codes(text: str) -> list[str]:
    return list(dict.fromkeys([*_BULLET.findall(text), *_LONE.findall(text)]))


def _message(told: list[str]) -> str:
    shown = ", ".join(f"`{code}`" for code in told[:4]) + (", …" if len(told) > 4 else "")  # noqa: PLR2004
    return f"{shown} told in the description, and listed in no schema"


def _is_error(node: Node) -> bool:
    return str(node.key)[:1] in {"4", "5", "d"} or node.pointer.startswith("/components/")


def statuses(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The statuses that an operation's description tells and its responses lack."""
    text = node.value.get("description")
    documented = {str(status).upper() for status in node.value.get("responses", {})}
    if not isinstance(text, str) or not documented or "DEFAULT" in documented:
        return
    for status in dict.fromkeys(_STATUS.findall(text)):
        if not {status, f"{status[0]}XX"} & documented:
            message = f"the description tells of {status}, which `responses` lacks"
            yield Finding(join(node.pointer, "description"), message)


CHECKS: Final = (
    Check(CODE_IN_PROSE, "openapi", codes),
    Check(STATUS_IN_PROSE, "operation", statuses),
)
