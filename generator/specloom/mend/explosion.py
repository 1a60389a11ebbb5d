"""References that would multiply without end, were each replaced by what it leads to.

Normalizing does that with references to anything but schemas. Here it is only counted, each
target once, so that a few references can't ask for more than a machine holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import from_reference
from specloom.document.references import EXPLODING, follow, is_reference
from specloom.document.walk import Node, children
from specloom.document.weight import weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .place import Mending

_HEAVIEST: Final = 3_000_000
_DEEPEST: Final = 30


def run(mending: Mending) -> None:
    """See that there is room for all of it. Raises HaltedError."""
    document = mending.document
    counted = _Counted(document.tree)
    total = 0
    for node in _references_below(Node("openapi", "", document.tree)):
        total += counted.of(node, ())
        if total > _HEAVIEST:
            message = "what the references here and above lead to multiplies beyond all bounds"
            mending.collector.halt(EXPLODING, message, document.locate(node.pointer))


@dataclass(slots=True)
class _Counted:
    tree: dict[str, Any]
    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, node: Node, around: tuple[str, ...]) -> int:
        """How much stands there once references are replaced; without end if one is within itself.

        Callbacks within others are written out once, and count as nothing.
        """
        reference = node.value["$ref"]
        if around and node.kind in {"callback", "path-item"}:
            return 0
        if reference in around or len(around) > _DEEPEST:
            return _HEAVIEST + 1
        key = (node.kind, reference)
        if key not in self.known:
            target = follow(self.tree, node.value)
            inner = _references_below(Node(node.kind, from_reference(reference), target))
            self.known[key] = weight(target) + sum(
                self.of(one, (*around, reference)) for one in inner
            )
        return self.known[key]


def _references_below(node: Node) -> Iterator[Node]:
    """The references directly within a node's own objects, those of schemas aside."""
    pending = [node]
    while pending:
        here = pending.pop()
        if here.kind == "schema":
            continue
        if is_reference(here.value):
            yield here
        else:
            pending += children(here)
