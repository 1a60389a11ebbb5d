"""Texts into whether they are of a format that JSON Schema has no rule for.

The OpenAPI Format Registry's `byte` and `decimal`, and `url`, which many write for a URL. Knows
nothing of schemas.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Callable

_DECIMAL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([Ee][+-]?[0-9]+)?")


def is_base64(text: str) -> bool:
    """Whether a text is bytes in base64, padded (RFC 4648 §4)."""
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def is_decimal(text: str) -> bool:
    """Whether a text is a decimal number; an exponent, as in `0E-7`, is one too."""
    return _DECIMAL.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Whether a text is an absolute URL, beyond ASCII too (RFC 3987 §2.2)."""
    is_iri = jsonschema_rs.is_valid({"format": "iri"}, text, validate_formats=True)
    return is_iri and "://" in text


FORMATS: Final[dict[str, Callable[[str], bool]]] = {
    "byte": is_base64,
    "decimal": is_decimal,
    "url": is_url,
}
"""What is checked beside the formats of JSON Schema 2020-12 §7.3."""
