"""Requests and responses: which properties are not sent on which side.

A `readOnly` property is not to be sent in a request, a `writeOnly` one not in a response, required
or not (OAS 3.0.4 §4.7.24.2, JSON Schema 2020-12 Validation §9.4).
"""

from __future__ import annotations

from typing import Final

REQUEST: Final = frozenset({"readOnly"})
RESPONSE: Final = frozenset({"writeOnly"})
BOTH: Final = REQUEST | RESPONSE
"""Of a value that may be on either side."""


def side_of(pointer: str) -> frozenset[str]:
    """What marks properties as not sent where a pointer leads."""
    if "/requestBody/" in pointer or pointer.startswith("/components/requestBodies/"):
        return REQUEST
    if "/responses/" in pointer:
        return RESPONSE
    return BOTH
