"""What `x-extensible-enum` lists, against the schema that it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.document.pointer import join
from specloom.lint.check import Finding

from .words import EXTENSIBLE_ENUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope


def faults(schema: Node, scope: Scope) -> Iterator[Finding]:
    """A list that `enum` closes already, and values that the schema itself refuses."""
    place = join(schema.pointer, EXTENSIBLE_ENUM.name)
    closed = [keyword for keyword in ("enum", "const") if keyword in schema.value]
    for keyword in closed:
        message = f"`{keyword}` beside it leaves no value open"
        yield Finding(place, message, f"keep it or `{keyword}`")
    if closed:
        return
    for index, value in enumerate(schema.value[EXTENSIBLE_ENUM.name]):
        for mismatch in scope.instances.mismatches(schema.pointer, value):
            yield Finding(join(place, index), f"the schema refuses it: {mismatch.message}")
