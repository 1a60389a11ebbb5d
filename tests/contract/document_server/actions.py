"""What an operation does to the resources, and what it answers with when it succeeds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import breakages, replies
from .resource_values import id_field, success_schema, with_id, with_sent
from .resources import Item

if TYPE_CHECKING:
    from starlette.responses import Response

    from .document import Document
    from .resources import Resources
    from .routes import Operation

MISSING = (404, 410)


@dataclass(frozen=True)
class Actions:
    """The operations of a document upon the resources of a server."""

    document: Document
    resources: Resources
    breakage: str

    def answer(self, operation: Operation, values: dict[str, Any], body: Any) -> Response:
        """Do what is asked by a request that is right, if what it is about is there."""
        item = self.resources.of(operation, values)
        if item is None:
            return self._in_collection(operation, values, body)
        found = self.resources.get(item)
        if found is None:
            return replies.refusal(self.document, operation, MISSING)
        if operation.method == "DELETE":
            return self._deleted(operation, item)
        return self._one(operation, item, found, body)

    def _deleted(self, operation: Operation, item: Item) -> Response:
        if self.breakage != breakages.KEEPS_DELETED:
            self.resources.delete(item)
        return replies.success(self.document, operation)

    def _one(self, operation: Operation, item: Item, found: Any, body: Any) -> Response:
        schema = success_schema(self.document, operation)
        if schema is None or not operation.template.endswith("}"):
            return replies.success(self.document, operation)
        value = with_sent(self.document, schema, self._usual(operation), found)
        value = with_id(self.document, schema, value, item)
        if operation.method in {"PUT", "PATCH"}:
            value = with_id(
                self.document, schema, with_sent(self.document, schema, value, body), item
            )
            self.resources.put(item, value)
        return replies.success(self.document, operation, value)

    def _in_collection(self, operation: Operation, values: dict[str, Any], body: Any) -> Response:
        schema = success_schema(self.document, operation)
        if schema is None:
            return replies.success(self.document, operation)
        value = self._usual(operation)
        name = self.resources.item_name(operation.template)
        if isinstance(value, list):
            listed = name and operation.method == "GET"
            value = _page(self.resources.listed(operation.template) if listed else value, values)
        elif name and operation.method in {"POST", "PUT"}:
            value = with_sent(self.document, schema, value, body)
            value = self._kept(operation, name, value, body)
        return replies.success(self.document, operation, value)

    def _kept(self, operation: Operation, name: str, value: Any, body: Any) -> Any:
        schema = success_schema(self.document, operation)
        place = id_field(self.document, schema, name)
        sent = body.get(place) if isinstance(body, dict) and place else None
        chosen = self.resources.new_id(operation.template, name) if sent is None else sent
        item = Item(operation.template, name, chosen)
        value = with_id(self.document, schema, value, item)
        if self.breakage != breakages.FORGETS_CREATED:
            self.resources.put(item, value)
        return value

    def _usual(self, operation: Operation) -> Any:
        return json.loads(bytes(replies.success(self.document, operation).body))


def _page(value: list[Any], values: dict[str, Any]) -> list[Any]:
    """The part of a list that `limit` and `page` ask for."""
    limit = max(0, int(values.get("limit", len(value))))
    start = max(0, int(values.get("page", 1)) - 1) * limit
    return value[start : start + limit]
