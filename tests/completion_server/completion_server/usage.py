"""Turns token counts into the `usage` object; one fixed price model, in exact decimals."""

from decimal import Decimal
from typing import Any

PROMPT_UNIT_PRICE = Decimal("0.001")
COMPLETION_UNIT_PRICE = Decimal("0.002")
PRICE_UNIT = Decimal("0.001")
SMALLEST_PRICE = Decimal("0.0000001")
CHARACTERS_PER_TOKEN = 4

Usage = dict[str, Any]


def prompt_tokens(prompt: str) -> int:
    """Count a prompt's tokens, about four characters each, one at least."""
    return max(1, round(len(prompt) / CHARACTERS_PER_TOKEN))


def usage(prompt: int, completion: int, latency: float) -> Usage:
    """Price the tokens; `total_price` is exactly the sum of the other two.

    `latency` is in seconds.
    """
    prompt_price = _price(prompt, PROMPT_UNIT_PRICE)
    completion_price = _price(completion, COMPLETION_UNIT_PRICE)
    return {
        "prompt_tokens": prompt,
        "prompt_unit_price": str(PROMPT_UNIT_PRICE),
        "prompt_price_unit": str(PRICE_UNIT),
        "prompt_price": str(prompt_price),
        "completion_tokens": completion,
        "completion_unit_price": str(COMPLETION_UNIT_PRICE),
        "completion_price_unit": str(PRICE_UNIT),
        "completion_price": str(completion_price),
        "total_tokens": prompt + completion,
        "total_price": str(prompt_price + completion_price),
        "currency": "USD",
        "latency": latency,
        "time_to_first_token": None,
        "time_to_generate": None,
    }


def no_usage(latency: float) -> Usage:
    """Give the usage of an answer that no model made (row 29)."""
    unpriced = {key: "0.0" for key in usage(0, 0, 0) if "price" in key}
    return {**usage(0, 0, latency), **unpriced}


def _price(tokens: int, unit_price: Decimal) -> Decimal:
    return (tokens * unit_price * PRICE_UNIT).quantize(SMALLEST_PRICE)
