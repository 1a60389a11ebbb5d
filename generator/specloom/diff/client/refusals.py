"""Changes of what clients send into the methods and models that take less than before.

Types tell of some; bounds, patterns and closed objects are no part of a type, but checked all the
same before a request is sent, or by the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diff.change import Verdict
from specloom.diff.spans import spans

from .change import ClientChange, Level, kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.diff.change import Change
    from specloom.diff.reasons import Place, Reasons
    from specloom.ir import Surface

    from .methods import Called

VALUES_REFUSED = kind(
    "DIF870",
    "client-values-refused",
    "values that could be sent are refused, though their type is the same",
    "A bound, a pattern or a condition of a request is narrower. The client checks what it can "
    "before it sends, and the server the rest: programs that give such a value fail.",
)

RULES = (VALUES_REFUSED,)


def refusals(
    told: Sequence[ClientChange], reasons: Reasons, new: Surface, calls: Sequence[Called]
) -> Iterator[ClientChange]:
    """What is refused now, where no other change says that programs must be changed."""
    known = {one for change in told if change.breaking for one in reasons.of(change)}
    by_operation: dict[str, Called] = {}
    for called in calls:
        by_operation.setdefault(called.operation, called)
    for found in reasons.wire:
        if found.sent and found.clients is Verdict.BREAKING and found not in known:
            place = reasons.places[found]
            change = _of_model(found, place, new) or _of_method(found, place, by_operation)
            if change:
                yield change


def _of_model(found: Change, place: Place, new: Surface) -> ClientChange | None:
    model = next((one for one in new.package.models if one.component == place.component), None)
    if model is None:
        return None
    names = [
        f"models.{model.class_name}",
        *(name for wire, name in model.fields if wire == place.name),
    ]
    return _change(
        found, ".".join(names), f"`{'.'.join(names)}`", component=model.component, wire=place.name
    )


def _of_method(found: Change, place: Place, calls: dict[str, Called]) -> ClientChange | None:
    called = next((calls[name] for name in found.operations if name in calls), None)
    if called is None:
        return None
    arguments = [name for name, wire in called.wires.items() if wire == place.name]
    where = f"{called.where}({arguments[0]})" if arguments else called.where
    said = f"`{called.where}()`" + (f": `{arguments[0]}`" if arguments else "")
    return _change(found, where, said, operation=called.operation, wire=place.name)


def _change(found: Change, where: str, said: str, **about: str) -> ClientChange:
    message = f"{said} takes less than before: {spans(found.message)}"
    return ClientChange(VALUES_REFUSED, message, Level.MAJOR, where, because=found, **about)
