"""Rules on callbacks and webhooks: what the API's users serve, not the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join, tokens
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

CALLBACK_IN_CALLBACK = Rule(
    "OAS312",
    "callback-in-callback",
    "callback or webhook has callbacks of its own",
    "A callback is what the API asks of its user (OAS 3.2 §4.18). One within another would be the "
    "user's asking back, which the schema allows and no tool understands.",
    Severity.WARNING,
)
SERVER_OF_WEBHOOK = Rule(
    "OAS313",
    "server-of-webhook",
    "webhook names a server",
    "A webhook is sent to wherever a user wants it (OAS 3.2 §4.1), so no address of the document "
    "can be it.",
    Severity.WARNING,
)


def nested_callbacks(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The callbacks of an operation that is a callback's or a webhook's."""
    around = tokens(node.pointer)[:-1]
    if node.value.get("callbacks") and (around[0] == "webhooks" or _is_callback(around)):
        yield Finding(join(node.pointer, "callbacks"), CALLBACK_IN_CALLBACK.summary)


def _is_callback(around: list[str]) -> bool:
    # A path or a component may be called so; a callback is a field of an operation or a section.
    return around[1] == "callbacks" or "callbacks" in around[3:]


def servers_of_webhooks(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The servers of a webhook, or of one of its operations."""
    if node.pointer.startswith("/webhooks/") and node.value.get("servers"):
        yield Finding(join(node.pointer, "servers"), SERVER_OF_WEBHOOK.summary)


CHECKS = (
    Check(CALLBACK_IN_CALLBACK, "operation", nested_callbacks),
    Check(SERVER_OF_WEBHOOK, "path-item", servers_of_webhooks),
    Check(SERVER_OF_WEBHOOK, "operation", servers_of_webhooks),
)
