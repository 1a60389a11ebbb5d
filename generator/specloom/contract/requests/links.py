"""A link of an answer into the request that it describes (OAS 3.2 §4.20).

Knows nothing of how either is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from specloom.document.pointer import join

if TYPE_CHECKING:
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.expressions import Expressions


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and the operation that it leads to as `POST /path`."""

    label: str
    value: dict[str, Any]

    def request(self, expressions: Expressions) -> tuple[str, str, Any]:
        """Method, path and JSON body, from the exchange that the link is of.

        Raises LookupError or ValueError if that lacks what the link takes from it.
        """
        method, _, path = self.label.partition(" ")
        for name, expression in self.value.get("parameters", {}).items():
            value = quote(str(expressions.fill(expression)), safe="")
            path = path.replace("{" + name.removeprefix("path.") + "}", value)
        return method, path, expressions.fill(self.value.get("requestBody"))


def find_link(subject: Subject, operation_id: str, name: str) -> Link | None:
    """The link of that name of any answer to an operation, if it leads to one by its id."""
    _, operation = subject.named(operation_id)
    for status in operation.value.get("responses", {}):
        pointer = join("", *operation.pointer, "responses", status)
        pointer, answer = subject.schemas.follow(pointer)
        if name not in answer.get("links", {}):
            continue
        _, link = subject.schemas.follow(join(pointer, "links", name))
        for label, candidate in subject.operations.items():
            if candidate.id == link.get("operationId"):
                return Link(label, link)
    return None
