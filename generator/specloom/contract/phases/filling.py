"""A list that is too short to page into a longer one, by what the document's links can make.

Knows nothing of how the list is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.contract.plan.choice import SAFE_METHODS
from specloom.contract.requests.bases import find_base, links_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.transport.sender import Sender

_ROUNDS: Final = 4
_IDLE: Final = 2


def fill(subject: Subject, sender: Sender, count: Callable[[], int], wanted: int) -> bool:
    """Make things until a list counts as many as are wanted; whether it does."""
    for operation in _makers(subject):
        for made in range(_ROUNDS):
            had = count()
            if had >= wanted:
                return True
            if made >= _IDLE and not had:
                break  # it isn't this one that adds to the list
            find_base(subject, sender, operation)
    return count() >= wanted


def _makers(subject: Subject) -> list[Operation]:
    """The operations that links lead to and that change something, but for deletion."""
    return [
        operation
        for operation in subject.operations.values()
        if operation.pointer[-1].upper() not in {*SAFE_METHODS, "DELETE"}
        and any(links_to(subject, operation))
    ]
