"""Rules on responses: a success and an error documented, and a body that promises something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

from . import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

NO_SUCCESS_RESPONSE = Rule(
    "OAS401",
    "no-success-response",
    "operation documents no successful response",
    "A client can only return what the document describes: give the 2xx that the operation answers "
    "when all goes well, or the 3xx that it redirects with.",
    Severity.WARNING,
)
NO_ERROR_RESPONSE = Rule(
    "OAS404",
    "no-error-response",
    "operation documents no error response",
    "Every operation can be called wrongly. Without a 4xx (or a `default`) nobody knows which "
    "errors to expect and what their body says, and no test can tell a documented refusal from a "
    "broken server.",
    Severity.WARNING,
)
REQUIRES_NOTHING = Rule(
    "OAS410",
    "response-requires-nothing",
    "response schema requires none of its properties",
    "With nothing in `required`, `{}` is a valid answer: no test of the answer can fail, and a "
    "typed client must treat every field as if it could be missing.",
    Severity.WARNING,
)

_SUCCESS: Final = ("2", "3")
_REFUSED: Final = {"405", "410", "501"}
"""Answers that say that the operation is not, or no longer, there."""
_PROMISES: Final = ("required", "oneOf", "anyOf", "minProperties", "dependentRequired")


def missing_success(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The responses, if none of them is a success, and they don't say that there is none.

    Where `default` is alone, it is what every call comes to.
    """
    statuses = _statuses(node)
    if statuses <= {"default"} or statuses & _REFUSED:
        return
    if not any(status.startswith(_SUCCESS) for status in statuses):
        yield Finding(join(node.pointer, "responses"), NO_SUCCESS_RESPONSE.summary)


def missing_errors(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The responses of every operation of the API's that has none for an error of the caller's."""
    for operation in served.operations(scope):
        statuses = _statuses(operation)
        if statuses and not any(each.startswith("4") or each == "default" for each in statuses):
            hint = "add 4XX, in the overlay if the document is not yours"
            yield Finding(join(operation.pointer, "responses"), NO_ERROR_RESPONSE.summary, hint)


def _statuses(node: Node) -> set[str]:
    return {str(status) for status in node.value.get("responses", {})}


def requires_nothing(node: Node, scope: Scope) -> Iterator[Finding]:
    """The schemas of the response's bodies that have properties and require none."""
    for name, entry in node.value.get("content", {}).items():
        pointer, media = scope.target(join(node.pointer, "content", name), entry)
        pointer, schema = _one_item(join(pointer, "schema"), media.get("schema"), scope)
        if _promises_nothing(schema, scope):
            yield Finding(pointer, REQUIRES_NOTHING.summary, "list in `required` what always comes")


def _one_item(pointer: str, schema: Any, scope: Scope) -> tuple[str, Any]:
    """What a list has in it; any other schema itself; references followed."""
    pointer, schema = scope.target(pointer, schema)
    if isinstance(schema, dict) and schema.get("type") == "array" and "items" in schema:
        return scope.target(join(pointer, "items"), schema["items"])
    return pointer, schema


def _promises_nothing(schema: Any, scope: Scope) -> bool:
    parts = list(scope.parts(schema))
    return any(part.get("properties") for part in parts) and not any(
        part.get(keyword) for part in parts for keyword in _PROMISES
    )


CHECKS = (
    Check(NO_SUCCESS_RESPONSE, "operation", missing_success),
    Check(NO_ERROR_RESPONSE, "openapi", missing_errors),
    Check(REQUIRES_NOTHING, "response", requires_nothing),
)
