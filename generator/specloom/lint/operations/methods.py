"""Rules on what HTTP's methods and statuses mean: where a body has no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

BODY_WITHOUT_MEANING = Rule(
    "OAS310",
    "meaningless-request-body",
    "operation takes a body that its method gives no meaning",
    "The body of a GET or a HEAD has no meaning, and a TRACE must have none (RFC 9110 §9.3.1, "
    "§9.3.2, §9.3.8): proxies drop it, servers refuse it, many clients can't send it. Make it "
    "parameters, or the method QUERY or POST.",
    Severity.WARNING,
)
BODY_OF_DELETE = Rule(
    "OAS311",
    "delete-with-request-body",
    "DELETE takes a body",
    "The body of a DELETE has no meaning in general (RFC 9110 §9.3.5), and some proxies and "
    "clients drop it. A parameter reaches the server for certain.",
    Severity.HINT,
)
ANSWER_WITHOUT_BODY = Rule(
    "OAS315",
    "body-where-none-can-be",
    "answer that can't have a body describes one",
    "An answer of 1xx, 204, 205 or 304, and any answer to HEAD, ends behind its headers (RFC 9110 "
    "§6.4.1, §15.3.6), so a client that waits for the described body waits in vain.",
    Severity.WARNING,
)

_MEANINGLESS: Final = ("get", "head", "trace")
_BODILESS: Final = ("204", "205", "304")


def meaningless_bodies(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The request body of a method that gives it no meaning."""
    if str(node.key).lower() in _MEANINGLESS and "requestBody" in node.value:
        message = f"the body of a {str(node.key).upper()} has no meaning"
        yield Finding(join(node.pointer, "requestBody"), message)


def bodies_of_delete(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The request body of a DELETE."""
    if node.key == "delete" and "requestBody" in node.value:
        yield Finding(join(node.pointer, "requestBody"), BODY_OF_DELETE.summary)


def answers_without_body(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every answer with content that HTTP ends behind its headers."""
    for status, entry in node.value.get("responses", {}).items():
        if node.key == "head" or _is_bodiless(str(status)):
            answer = scope.follow(entry)
            if isinstance(answer, dict) and answer.get("content"):
                which = "an answer to HEAD" if node.key == "head" else f"an answer of {status}"
                pointer = join(node.pointer, "responses", status)
                yield Finding(pointer, f"{which} has no body", "leave out `content`")


def _is_bodiless(status: str) -> bool:
    return status.startswith("1") or status in _BODILESS


CHECKS = (
    Check(BODY_WITHOUT_MEANING, "operation", meaningless_bodies),
    Check(BODY_OF_DELETE, "operation", bodies_of_delete),
    Check(ANSWER_WITHOUT_BODY, "operation", answers_without_body),
)
