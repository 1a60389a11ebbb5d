"""Turns token counts into the `usage` object, in exact decimals."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from completion_server.models import TokenCounts
from completion_server.settings import ModelSettings

PRICE_UNIT = Decimal("0.001")
SMALLEST_PRICE = Decimal("0.0000001")
NOTHING = TokenCounts(0, 0)
CHARACTERS_PER_TOKEN = 4

Usage = dict[str, Any]


def prompt_tokens(prompt: str) -> int:
    """Count a prompt's tokens as the recorded model did, about four characters each."""
    return max(1, (len(prompt) + 1) // CHARACTERS_PER_TOKEN)


def usage(model: ModelSettings, counts: TokenCounts, latency: float) -> Usage:
    """Price the tokens; `total_price` is exactly the sum of the other two.

    `latency` is in seconds.
    """
    prompt_price = _price(counts.prompt, model.prompt_price)
    completion_price = _price(counts.completion, model.completion_price)
    return {
        "prompt_tokens": counts.prompt,
        "prompt_unit_price": f"{model.prompt_price:f}",
        "prompt_price_unit": f"{PRICE_UNIT:f}",
        "prompt_price": str(prompt_price),
        "completion_tokens": counts.completion,
        "completion_unit_price": f"{model.completion_price:f}",
        "completion_price_unit": f"{PRICE_UNIT:f}",
        "completion_price": str(completion_price),
        "total_tokens": counts.prompt + counts.completion,
        "total_price": str(prompt_price + completion_price),
        "currency": model.currency,
        "latency": latency,
    }


def no_usage(model: ModelSettings, latency: float) -> Usage:
    """Give the usage of an answer that no model made (row 29)."""
    nothing = usage(model, NOTHING, latency)
    return {**nothing, **{name: "0.0" for name in nothing if "price" in name}}


def _price(tokens: int, unit_price: Decimal) -> Decimal:
    return (tokens * unit_price * PRICE_UNIT).quantize(SMALLEST_PRICE, ROUND_HALF_UP)
