"""A link of an answer into the request that it describes (OAS 3.2 §4.20).

Knows nothing of how either is sent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from specloom.contract.exchanges.exchange import Request
from specloom.document.pointer import join

if TYPE_CHECKING:
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.expressions import Expressions


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and the operation that it leads to as `POST /path`."""

    label: str
    value: dict[str, Any]

    def request(self, expressions: Expressions) -> Request:
        """The request, with a JSON body if the link has one, from the exchange that it is of.

        Its parameters are of the path, or `query.` ones. Raises LookupError or ValueError if the
        exchange lacks what the link takes from it.
        """
        method, _, path = self.label.partition(" ")
        query = {}
        for name, expression in self.value.get("parameters", {}).items():
            place, _, bare = name.rpartition(".")
            value = str(expressions.fill(expression))
            if place == "query" or "{" + bare + "}" not in path:
                query[bare] = value
            path = path.replace("{" + bare + "}", quote(value, safe=""))
        target = f"{path}?{urlencode(query)}" if query else path
        if "requestBody" not in self.value:
            return Request(method, target)
        body = json.dumps(expressions.fill(self.value["requestBody"])).encode()
        return Request(method, target, headers={"content-type": "application/json"}, body=body)


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
