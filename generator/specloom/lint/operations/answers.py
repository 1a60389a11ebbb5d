"""An operation into the answers that it documents.

Knows nothing of rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from specloom.document.pointer import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope


class Answer(NamedTuple):
    """One answer: its status, where the operation lists it, and the Response Object."""

    status: str
    pointer: str
    response: dict[str, Any]


def answers(operation: Node, scope: Scope) -> Iterator[Answer]:
    """The answers of an operation, references followed; the extensions between them are none."""
    for status, entry in operation.value.get("responses", {}).items():
        response = None if str(status).startswith("x-") else scope.follow(entry)
        if isinstance(response, dict):
            pointer = join(operation.pointer, "responses", status)
            yield Answer(str(status).upper(), pointer, response)


def successes(operation: Node, scope: Scope) -> Iterator[Answer]:
    """The answers of an operation when all goes well."""
    return (answer for answer in answers(operation, scope) if answer.status.startswith("2"))
