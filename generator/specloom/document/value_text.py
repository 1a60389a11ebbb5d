"""A JSON value into a text that equal values share, and no others do.

Equal are objects in any order, and numbers however written (JSON Schema 2020-12 Core §4.2.2).
"""

from __future__ import annotations

import json
from typing import Any


def text_of(value: Any) -> str:
    """A value as JSON, without regard to order and to how a number is written."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return value
