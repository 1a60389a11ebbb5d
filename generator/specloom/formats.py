"""String formats into the types of the runtime that keep the wire's text.

What has no type here is text in Python too. Knows nothing of stages.
"""

from __future__ import annotations

from typing import Any, Final

_TYPES: Final = {
    "byte": "Base64",
    "date-time": "DateTime",
    "date-time-local": "DateTime",
    "decimal": "Decimal",
}


def runtime_type(schema: dict[str, Any]) -> str | None:
    """The class in the runtime's `formats` for a string schema, or None (OAS 3.2 §4.24.1)."""
    if schema.get("contentEncoding") == "base64":
        return "Base64"
    return _TYPES.get(schema.get("format", ""))
