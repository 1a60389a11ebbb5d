"""A link of an answer into the request that it describes (OAS 3.2 §4.20).

Knows nothing of how either is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join, resolve

if TYPE_CHECKING:
    from .subject import Subject


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and the operation that it leads to as `POST /path`."""

    label: str
    value: dict[str, Any]

    def request(self, asked: Any, answered: Any) -> tuple[str, str, Any]:
        """Method, path and JSON body, from the bodies of a request and of its answer.

        Raises LookupError if they lack what the link takes from them.
        """
        values = {"$request.body": asked, "$response.body": answered}
        method, _, path = self.label.partition(" ")
        for name, expression in self.value.get("parameters", {}).items():
            path = path.replace("{" + name + "}", str(_evaluated(expression, values)))
        return method, path, _evaluated(self.value.get("requestBody"), values)


def find_link(subject: Subject, operation_id: str, name: str) -> Link | None:
    """The link of that name of any answer to an operation, if it leads to one by its id."""
    _, operation = subject.named(operation_id)
    for status in operation.value.get("responses", {}):
        pointer = join("", *operation.pointer, "responses", status)
        links = subject.schemas.follow(pointer)[1].get("links", {})
        target = links.get(name, {}).get("operationId")
        for label, candidate in subject.operations.items():
            if candidate.id == target:
                return Link(label, links[name])
    return None


def _evaluated(value: Any, values: dict[str, Any]) -> Any:
    """A value with its runtime expressions filled in (OAS 3.2 §4.20.2)."""
    if isinstance(value, dict):
        return {name: _evaluated(item, values) for name, item in value.items()}
    if isinstance(value, str) and value.startswith("$"):
        source, _, pointer = value.partition("#")
        return resolve(values[source], pointer)
    return value
