"""The effective document as the thing that a server is held to: operations, schemas, answers.

Knows nothing of servers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .answers import Contract
from .operations import Operation, operations
from .schemas import Schemas

if TYPE_CHECKING:
    from specloom.document.load import Document


@dataclass(slots=True)
class Subject:
    """A document, its operations by `POST /path`, and what holds answers to it."""

    document: Document
    operations: dict[str, Operation] = field(init=False)
    schemas: Schemas = field(init=False)
    contract: Contract = field(init=False)

    def __post_init__(self) -> None:
        """Find the operations and get the schemas ready."""
        self.schemas = Schemas(self.tree)
        self.contract = Contract(self.tree)
        self.operations = operations(self.tree)

    @property
    def tree(self) -> dict[str, Any]:
        """The whole document."""
        return self.document.tree

    def named(self, name: str) -> tuple[str, Operation]:
        """An operation by its id, and its label. Raises KeyError."""
        for label, operation in self.operations.items():
            if operation.id == name:
                return label, operation
        raise KeyError(name)
