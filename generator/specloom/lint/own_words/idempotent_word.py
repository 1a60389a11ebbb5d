"""What `x-idempotent` says, against what the operation's method says already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.document.pointer import join
from specloom.lint.check import Finding

from .words import IDEMPOTENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

# RFC 9110 §9.2.2, and QUERY, which OAS 3.2 §4.9 has beside them.
_IDEMPOTENT_METHODS: Final = frozenset(
    {"get", "head", "options", "trace", "put", "delete", "query"}
)


def faults(operation: Node, _scope: Scope) -> Iterator[Finding]:
    """A word that adds nothing."""
    method, said = str(operation.key), operation.value[IDEMPOTENT.name]
    if said == (method in _IDEMPOTENT_METHODS):
        known = "is idempotent" if said else "is not idempotent"
        message = f"{method.upper()} {known} by HTTP already"
        yield Finding(join(operation.pointer, IDEMPOTENT.name), message, "leave it out")
