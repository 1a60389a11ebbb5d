"""Parameters into arguments and how they are sent (OAS 3.2 §4.12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.ir import Argument, Location, Parameter
from specloom.text import printable

if TYPE_CHECKING:
    from .types import Types


# A header's name (RFC 9110 §5.1).
_TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def can_send(parameter: dict[str, Any]) -> bool:
    """Whether a parameter goes where a client can put it, under a name that may stand there."""
    return parameter.get("in") in set(Location) and not is_misnamed(parameter)


def is_misnamed(parameter: dict[str, Any]) -> bool:
    """Whether a parameter is a header under a name that no header can have."""
    return parameter.get("in") == "header" and not _TOKEN.fullmatch(parameter["name"])


def argument(parameter: dict[str, Any], name: str, types: Types) -> Argument:
    """The argument that a method takes for a parameter."""
    schema, is_required = _schema(parameter), parameter.get("required", False)
    return Argument(
        name,
        _or_empty(parameter, types.given(schema)),
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
        _or_empty(parameter, types.constrained(_schema(parameter))),
        parameter.get("style", "form"),
        parameter.get("explode", False),
        parameter.get("allowReserved", False),
        next(iter(parameter.get("content", {})), None),
    )


def _or_empty(parameter: dict[str, Any], annotation: str) -> str:
    """The type with an empty value, where a query may have one whatever the type."""
    if parameter["in"] != "query" or not parameter.get("allowEmptyValue"):
        return annotation
    return annotation if annotation in {"Any", "str"} else f'{annotation} | Literal[""]'


def _schema(parameter: dict[str, Any]) -> Any:
    if "schema" in parameter:
        return parameter["schema"]
    content: dict[str, Any] = next(iter(parameter.get("content", {}).values()), {})
    return content.get("schema", {})
