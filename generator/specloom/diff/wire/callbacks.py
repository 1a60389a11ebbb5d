"""Webhooks and callbacks, in which the API calls its clients: the two sides have changed parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diff.schemas.words import quoted

from .calls import Call, Pairs, operations_of, pairs
from .kind import BREAKING, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

WEBHOOK_REMOVED: Final = kind(
    "DIF480 webhook-removed",
    BREAKING,
    SAFE,
    "a webhook is gone",
    "Who waits for it waits in vain.",
)
WEBHOOK_ADDED: Final = kind(
    "DIF481 webhook-added",
    SAFE,
    BREAKING,
    "a webhook is new",
    "Nobody waits for it yet. Servers that speak the old document do not call it.",
)
CALLBACK_REMOVED: Final = kind(
    "DIF482 callback-removed",
    BREAKING,
    SAFE,
    "an operation no longer calls back",
    "Who waits for the call waits in vain.",
)
CALLBACK_ADDED: Final = kind(
    "DIF483 callback-added",
    SAFE,
    BREAKING,
    "an operation calls back",
    "Nobody waits for the call yet. Servers that speak the old document do not make it.",
)
CALLBACK_MOVED: Final = kind(
    "DIF484 callback-moved",
    BREAKING,
    BREAKING,
    "an operation calls back elsewhere",
    "Another expression says where the call goes, or with which method, so it is waited for where "
    "it does not come.",
)
KINDS: Final = (
    WEBHOOK_REMOVED, WEBHOOK_ADDED, CALLBACK_REMOVED, CALLBACK_ADDED, CALLBACK_MOVED,
)  # fmt: skip


def webhook_changes(found: Pairs) -> Iterator[tuple[Call, Change]]:
    """The webhooks of one document alone."""
    for call in found.added:
        place = call.operation.pointer
        yield call, WEBHOOK_ADDED.change(f"the webhook {quoted(call.path)} is new", None, place)
    for call in found.gone:
        place = call.operation.pointer
        yield call, WEBHOOK_REMOVED.change(f"the webhook {quoted(call.path)} is gone", place, None)


def callbacks(old: Call, new: Call) -> Pairs:
    """The calls that two operations make back."""
    before, after = (
        {(one.identifier, one.key): one for one in _callbacks(call)} for call in (old, new)
    )
    same = [(before[key], one) for key, one in after.items() if key in before]
    rest = pairs(
        [one for key, one in before.items() if key not in after],
        [one for key, one in after.items() if key not in before],
    )
    return Pairs([*same, *rest.both], rest.gone, rest.added)


def _callbacks(call: Call) -> Iterator[Call]:
    """What is called is known by the expression of its URL, else by its name in the document."""
    for name, callback in call.operation.children("callbacks").items():
        for expression in callback.value:
            if not expression.startswith("x-"):
                item = callback.child(expression)
                for method, operation in operations_of(item):
                    yield Call(method, expression, expression, name, item, operation)


def callback_changes(found: Pairs) -> Iterator[Change]:
    """The callbacks of one operation alone, and those that go elsewhere."""
    for old, new in found.both:
        if old.key != new.key:
            places = old.operation.pointer, new.operation.pointer
            yield CALLBACK_MOVED.change(
                f"{quoted(old.name)} is called back as {quoted(new.name)}", *places
            )
    for call in found.added:
        place = call.operation.pointer
        yield CALLBACK_ADDED.change(f"{quoted(call.name)} is called back", None, place)
    for call in found.gone:
        place = call.operation.pointer
        yield CALLBACK_REMOVED.change(f"{quoted(call.name)} is no longer called back", place, None)
