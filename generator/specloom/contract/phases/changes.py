"""What an input is changed to: a request like an accepted one, but for one thing.

Knows nothing of what the change is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.contract.exchanges.exchange import Request

NEGATIVE: Final = "negative_data_rejection"
POSITIVE: Final = "positive_data_acceptance"
MALFORMED: Final = "malformed_body_rejection"
MEDIA_TYPE: Final = "media_type_rejection"


@dataclass(frozen=True, slots=True)
class Change:
    """A changed request; success fails `check`, if there is one, since it should be refused.

    `at_edge` is a value that is just within its limits, so that it should be accepted. Those that
    are `telling` are the few that are tried first.
    """

    name: str
    request: Request
    check: str | None = None
    at_edge: bool = False
    telling: bool = False


def put(value: Any, place: Sequence[str], member: Any) -> Any:
    """An object with another member at a place; objects on the way are made."""
    if not place:
        return member
    held = value if isinstance(value, dict) else {}
    return {**held, place[0]: put(held.get(place[0]), place[1:], member)}
