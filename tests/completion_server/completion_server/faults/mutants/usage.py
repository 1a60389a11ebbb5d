"""Usage whose figures contradict one another, blocking and streamed."""

from decimal import Decimal
from typing import Any

from completion_server.faults.changes.answers import change_json
from completion_server.faults.changes.edits import Edit, at, put
from completion_server.faults.changes.streams import edit_event
from completion_server.faults.fault import Fault, together
from completion_server.faults.operation_ids import COMPLETION

USAGE = "metadata.usage"


def _fault(name: str, summary: str, edit: Edit) -> Fault:
    wrap = together(change_json(edit), edit_event("message_end", edit))
    return Fault(name, summary, COMPLETION, wrap)


def _dearer(usage: dict[str, Any]) -> dict[str, Any]:
    """Raise one price and the total, so that the sum is right and the product isn't."""
    for name in ("prompt_price", "total_price"):
        usage[name] = str(Decimal(usage[name]) + Decimal("0.0100000"))
    return usage


FAULTS = (
    _fault(
        "tokens-do-not-add-up",
        "`total_tokens` is one more than the sum.",
        at(f"{USAGE}.total_tokens", lambda total: total + 1),
    ),
    _fault(
        "prices-do-not-add-up",
        "`total_price` is not the sum of the prices.",
        at(f"{USAGE}.total_price", lambda price: str(Decimal(price) + 1)),
    ),
    _fault(
        "prices-do-not-multiply",
        "`prompt_price` is not tokens times price and unit; the total agrees with it.",
        at(USAGE, _dearer),
    ),
    _fault(
        "tokens-negative", "`completion_tokens` is negative.", put(f"{USAGE}.completion_tokens", -1)
    ),
    _fault("latency-negative", "`latency` is negative.", put(f"{USAGE}.latency", -0.1)),
)
