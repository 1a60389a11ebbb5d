"""A rate of requests, as `100/s`, into what a sender can keep to.

Knows nothing of who sends.
"""

from __future__ import annotations

import re
from typing import Final

_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_between(rate: str) -> float:
    """How many seconds apart the requests of a rate are. Raises ValueError if it is none."""
    found = re.fullmatch(r"([1-9][0-9]{0,8})/([smhd])", rate)
    if found is None:
        raise ValueError("a rate is a number from 1 on and s, m, h or d, as in 100/s")
    return _SECONDS[found[2]] / int(found[1])
