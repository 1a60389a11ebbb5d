"""Turns a blocking answer or the events of a stream into one reply, sound in itself.

Knows nothing of what was asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dify_completion import UnknownEvent, models
from tests.behaviour.state_machine.world import Answer

HALF_OF_THE_SMALLEST_PRICE = Decimal("5e-8")

Event = models.ChunkCompletionEvent | UnknownEvent


@dataclass(frozen=True)
class Reply:
    """One message, whichever way it came; `pieces` is empty if it came at once."""

    message_id: str
    task_id: str
    answer: Answer
    pieces: tuple[str, ...] = ()


def reply_of_response(response: models.CompletionResponse) -> Reply:
    """Read a blocking answer."""
    assert response.id == response.message_id
    answer = _answer(response.answer, response.metadata.usage)
    return Reply(response.message_id, response.task_id, answer)


def reply_of_events(events: Iterable[Event]) -> Reply:
    """Read a stream to its end, which comes once and last."""
    *said, end = events
    assert isinstance(end, models.StreamEventMessageEnd)
    pieces = [piece_of(event) for event in said]
    assert {(end.message_id, end.task_id, end.created_at)} >= {
        (piece.message_id, piece.task_id, piece.created_at) for piece in pieces
    }
    texts = tuple(piece.answer for piece in pieces if piece.answer)
    answer = _answer("".join(texts), end.metadata.usage)
    return Reply(end.message_id, end.task_id, answer, texts)


def piece_of(event: Event) -> models.StreamEventMessage:
    """Hold an event to be a piece of the answer."""
    assert isinstance(event, models.StreamEventMessage)
    assert event.id == event.message_id
    return event


def _answer(text: str, usage: models.Usage) -> Answer:
    assert usage.prompt_tokens + usage.completion_tokens == usage.total_tokens
    assert usage.prompt_price + usage.completion_price == usage.total_price
    _check_price(
        usage.prompt_price,
        usage.prompt_tokens * usage.prompt_unit_price * usage.prompt_price_unit,
    )
    _check_price(
        usage.completion_price,
        usage.completion_tokens * usage.completion_unit_price * usage.completion_price_unit,
    )
    return Answer(text, usage.prompt_tokens, usage.completion_tokens, usage.total_price)


def _check_price(price: Decimal, exact: Decimal) -> None:
    assert abs(price - exact) <= HALF_OF_THE_SMALLEST_PRICE
