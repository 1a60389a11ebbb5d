"""How deep the arrays and objects of a body nest, without reading it.

Knows nothing of media types.
"""

from __future__ import annotations

import re
from typing import Final

DEEPEST: Final = 200
"""Levels that are read by whoever reads level by level."""

_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_STEP: Final = re.compile(rb"[\[{\]}]")


def is_deep(body: bytes) -> bool:
    """Whether a body, if it is JSON, nests deeper than DEEPEST."""
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for step in _STEP.finditer(_STRING.sub(b"", body)):
        depth += 1 if step[0] in {b"[", b"{"} else -1
        if depth > DEEPEST:
            return True
    return False
