"""Parameters into arguments and how they are sent (OAS 3.2 §4.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.ir import Argument, Location, Parameter
from specloom.text import printable

if TYPE_CHECKING:
    from .types import Types


def can_send(parameter: dict[str, Any]) -> bool:
    """Whether a parameter goes where a client can put it."""
    return parameter["in"] in set(Location)


def argument(parameter: dict[str, Any], name: str, types: Types) -> Argument:
    """The argument that a method takes for a parameter."""
    schema, is_required = _schema(parameter), parameter.get("required", False)
    return Argument(
        name,
        types.given(schema),
        is_required,
        printable(parameter.get("description", "")),
        None if is_required else types.default(schema),
    )


def sending(parameter: dict[str, Any], name: str, types: Types) -> Parameter:
    """How the argument goes into the request."""
    return Parameter(
        name,
        parameter["name"],
        Location(parameter["in"]),
        types.constrained(_schema(parameter)),
        parameter.get("style", "form"),
        parameter.get("explode", False),
        parameter.get("allowReserved", False),
        next(iter(parameter.get("content", {})), None),
    )


def _schema(parameter: dict[str, Any]) -> Any:
    if "schema" in parameter:
        return parameter["schema"]
    content: dict[str, Any] = next(iter(parameter["content"].values()))
    return content.get("schema", {})
