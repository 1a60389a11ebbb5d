"""What was created, by collection and id, until it is deleted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from .instances import instance
from .resource_values import success_schema, with_id

if TYPE_CHECKING:
    from .document import Document
    from .routes import Operation

_PRESENT = 3


@dataclass(frozen=True)
class Item:
    """Where a resource is: its collection's path, the parameter that names it, and its id."""

    collection: str
    name: str
    id: Any


@dataclass
class Resources:
    """The resources of a server; a few are there from the start."""

    document: Document
    operations: dict[str, dict[str, Operation]]
    _kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    _made: int = 100

    def __post_init__(self) -> None:
        """Make those that the examples of path parameters name, or the first few numbers."""
        for template, by_method in self.operations.items():
            if template.count("{") != 1:
                continue
            for operation in by_method.values():
                for one in operation.parameters:
                    if one["in"] == "path":
                        self._prepare(template, one)

    def of(self, operation: Operation, values: dict[str, Any]) -> Item | None:
        """The resource that a path addresses, its last parameter naming it."""
        head, brace, tail = operation.template.rpartition("{")
        if not brace:
            return None
        name = tail.partition("}")[0]
        return Item(_filled(head, values).rstrip("/"), name, values[name])

    def get(self, item: Item) -> Any | None:
        """The resource, or None."""
        return self._kept.get(item.collection, {}).get(_key(item.id))

    def listed(self, collection: str) -> list[Any]:
        """All of a collection."""
        return list(self._kept.get(collection, {}).values())

    def put(self, item: Item, value: dict[str, Any]) -> None:
        """Keep a resource."""
        self._kept.setdefault(item.collection, {})[_key(item.id)] = value

    def delete(self, item: Item) -> None:
        """Forget a resource."""
        self._kept.get(item.collection, {}).pop(_key(item.id), None)

    def item_name(self, template: str) -> str | None:
        """The parameter that names what a collection holds, if any path does."""
        for other in self.operations:
            found = re.match(re.escape(template) + r"/\{([^{}]+)\}", other)
            if found:
                return found[1]
        return None

    def new_id(self, template: str, name: str) -> Any:
        """An id that nothing has yet, as the parameter wants it."""
        self._made += 1
        schema = self._id_schema(template, name)
        candidates = (self._made, str(UUID(int=self._made)), f"new-{self._made}")
        return next(one for one in candidates if self.document.is_valid(schema, one))

    def _id_schema(self, template: str, name: str) -> Any:
        for other, by_method in self.operations.items():
            if other.startswith(f"{template}/{{{name}}}"):
                for operation in by_method.values():
                    for one in operation.parameters:
                        if one["name"] == name:
                            return one["schema"]
        return True

    def _prepare(self, template: str, parameter: dict[str, Any]) -> None:
        schema = self.document.flat(parameter["schema"])
        examples = [*schema.get("examples", []), schema.get("example"), parameter.get("example")]
        for id_ in [*examples, *range(_PRESENT)]:
            if self.document.is_valid(schema, id_):
                collection = template.partition("{")[0].rstrip("/")
                item = Item(collection, parameter["name"], id_)
                self.put(item, self._example(item))

    def _example(self, item: Item) -> dict[str, Any]:
        operation = self.operations.get(f"{item.collection}/{{{item.name}}}", {}).get("GET")
        schema = success_schema(self.document, operation) if operation else None
        if schema is None:
            return {}
        usual = instance(self.document, schema)
        value: dict[str, Any] = with_id(self.document, schema, usual, item)
        return value


def _filled(template: str, values: dict[str, Any]) -> str:
    return re.sub(r"\{([^{}]+)\}", lambda match: str(values[match[1]]), template)


def _key(id_: Any) -> str:
    whole = isinstance(id_, float) and id_.is_integer()
    return json.dumps(int(id_) if whole else id_)
