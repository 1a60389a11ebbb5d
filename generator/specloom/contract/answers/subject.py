"""The effective document as the thing that a server is held to: operations, schemas, answers.

Knows nothing of servers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join

from .contract import Contract
from .operations import Operation, operations

if TYPE_CHECKING:
    from specloom.diagnostics import Location
    from specloom.document.load import Document

    from .schemas import Schemas


@dataclass(slots=True)
class Subject:
    """A document, its operations by `POST /path`, and what holds answers to it."""

    document: Document
    closed: bool = False
    """Whether fields that no schema declares are faults."""
    operations: dict[str, Operation] = field(init=False)
    contract: Contract = field(init=False)

    def __post_init__(self) -> None:
        """Find the operations and get the schemas ready."""
        self.contract = Contract(self.tree, closed=self.closed)
        self.operations = operations(self.tree)

    @property
    def tree(self) -> dict[str, Any]:
        """The whole document."""
        return self.document.tree

    @property
    def schemas(self) -> Schemas:
        """The schemas of the document."""
        return self.contract.schemas

    def named(self, name: str) -> tuple[str, Operation]:
        """An operation by its id, and its label. Raises KeyError."""
        for label, operation in self.operations.items():
            if operation.id == name:
                return label, operation
        raise KeyError(name)

    def locate(self, operation: Operation) -> Location:
        """Where an operation stands in the document."""
        return self.document.locate(join("", *operation.pointer))
