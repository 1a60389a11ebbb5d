"""Strategies of hypothesis for whole numbers, each made once."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st


@cache
def up_to(most: int) -> Any:
    """Whole numbers from 0."""
    return st.integers(0, most)


@cache
def between(low: int, high: int) -> Any:
    """Whole numbers within bounds."""
    return st.integers(low, high)
