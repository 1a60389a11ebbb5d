"""Changes of models that are no component of a document, told of the operation that holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .annotations import classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.diff.reasons import Reasons

    from .change import ClientChange
    from .methods import Called


def placed(
    changes: Iterable[ClientChange], reasons: Reasons, calls: Sequence[Called]
) -> list[ClientChange]:
    """The changes, each of which leads to what stands in a document."""
    holding: dict[str, str] = {}
    for called in calls:
        for name in _classes(called):
            holding.setdefault(name, called.operation)
    return [
        change
        if not change.component or reasons.has_component(change.component)
        else replace(change, component="", operation=holding.get(change.where.split(".")[1], ""))
        for change in changes
    ]


def _classes(called: Called) -> list[str]:
    """The models that a method sends and gives as a whole."""
    body = called.method.operation.body
    return [*classes(body.annotation if body else ""), *classes(called.result[1])]
