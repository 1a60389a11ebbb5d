"""Complete answers: their ids, their times, and figures that agree with one another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from specloom.contract.scenario import Scenario, require

from . import client
from .app import ANN, HELLO, open_app
from .facts import is_now, is_uuid
from .operations import CREATE

if TYPE_CHECKING:
    from dify_completion import models
    from specloom.contract.scenario import Server

IDS = "message_ids_agree"
NEW_IDS = "message_ids_are_new"
TIME = "message_time"
TOKENS = "tokens_add_up"
NEGATIVE = "usage_not_negative"
SUM = "prices_add_up"
PRODUCT = "prices_multiply"
USAGE = {
    TOKENS: "All tokens are those of the prompt and those of the answer.",
    NEGATIVE: "No tokens, prices or seconds are below zero.",
    SUM: "The whole price is that of the prompt and that of the answer.",
    PRODUCT: "A price is the number of tokens times the price of one.",
}

HALF_OF_THE_SMALLEST_PRICE = Decimal("5e-8")


def check_usage(usage: models.Usage) -> None:
    """Hold the figures of one answer to one another."""
    figures = (usage.prompt_tokens, usage.completion_tokens, usage.total_price, usage.latency)
    least = min(float(figure) for figure in figures)
    require(least >= 0, NEGATIVE, CREATE, f"the usage has {least:g}")
    tokens = usage.prompt_tokens + usage.completion_tokens
    require(
        tokens == usage.total_tokens,
        TOKENS,
        CREATE,
        f"{usage.prompt_tokens} and {usage.completion_tokens} tokens make {usage.total_tokens}",
    )
    require(
        usage.prompt_price + usage.completion_price == usage.total_price,
        SUM,
        CREATE,
        f"prices {usage.prompt_price} and {usage.completion_price} make {usage.total_price}",
    )
    _check_price(
        usage.prompt_tokens, usage.prompt_unit_price, usage.prompt_price_unit, usage.prompt_price
    )
    _check_price(
        usage.completion_tokens,
        usage.completion_unit_price,
        usage.completion_price_unit,
        usage.completion_price,
    )


def _check_price(tokens: int, price: Decimal, unit: Decimal, told: Decimal) -> None:
    exact = tokens * price * unit
    require(
        abs(told - exact) <= HALF_OF_THE_SMALLEST_PRICE,
        PRODUCT,
        CREATE,
        f"{tokens} tokens at {price} times {unit} cost {told}",
    )


def _checked(answer: models.CompletionResponse) -> models.CompletionResponse:
    require(
        answer.id == answer.message_id,
        IDS,
        CREATE,
        f"id is {answer.id}, message_id {answer.message_id}",
    )
    for name in ("message_id", "task_id"):
        value = getattr(answer, name)
        require(is_uuid(value), IDS, CREATE, f"{name} is no UUID: {value!r}")
    message = f"created_at is not today: {answer.created_at}"
    require(is_now(answer.created_at), TIME, CREATE, message)
    check_usage(answer.metadata.usage)
    return answer


def _run(server: Server) -> None:
    with open_app(server) as app:
        answers = [_checked(app.ask(ANN, HELLO)) for _ in range(2)]
        for name in ("message_id", "task_id"):
            first, second = (getattr(answer, name) for answer in answers)
            require(first != second, NEW_IDS, CREATE, f"two answers have the {name} {first}")


COMPLETION = Scenario(
    "completion",
    {
        IDS: "`id` is `message_id`, and ids are UUIDs.",
        NEW_IDS: "Each answer has a `message_id` and a `task_id` of its own.",
        TIME: "`created_at` is the Unix time in seconds.",
        **USAGE,
        **client.CHECKS,
    },
    _run,
    (CREATE,),
)
