"""Patience with a server into the calls that schemathesis makes.

Knows nothing of how long a wait should be.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from schemathesis import hooks
from schemathesis.engine.run.unit._case import BudgetExpired

from specloom.contract.plan.phases import STATEFUL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import BaseSchema, Case, HookContext
    from schemathesis import Response as Answer

    from .patience import Patience


@contextmanager
def waits_bounded(schema: BaseSchema, patience: Patience) -> Iterator[None]:
    """Have calls of a schema wait as long as there is patience, and then leave the operation."""

    def before_call(_context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
        label = case.operation.label
        # schemathesis ends this phase of this operation, and goes on to the next; but sequences,
        # which are of all operations, end at once.
        if patience.is_spent(label) and (patience.is_silent or not _is_stateful(case)):
            raise BudgetExpired
        kwargs["timeout"] = min(patience.begin(label), kwargs.get("timeout", patience.timeout))

    def after_call(_context: HookContext, case: Case[Any], answer: Answer) -> None:
        if answer.stream_cut_short:
            patience.settle(case.operation.label)
        else:
            patience.answered(case.operation.label)

    def after_network_error(_context: HookContext, case: Case[Any], _request: Any) -> None:
        patience.settle(case.operation.label)

    schema.hooks.register_hook_with_name(after_call, "after_call")
    schema.hooks.register_hook_with_name(after_network_error, "after_network_error")
    # Only hooks of the whole program are told before a call.
    hooks.GLOBAL_HOOK_DISPATCHER.register_hook_with_name(before_call, "before_call")
    try:
        yield
    finally:
        hooks.unregister(before_call)


def _is_stateful(case: Case[Any]) -> bool:
    """Whether a case is a step of a sequence."""
    meta = case.meta
    return meta is not None and meta.phase.name.value == STATEFUL
