"""A page of feedback items through the client: beside pydantic alone on the same model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

from dify_completion import DifyCompletion, models
from tests.bench import recorded
from tests.bench.measure import Figure, Scale, compare, cpu_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPEATS = 10


def figures(scale: Scale) -> Iterator[Figure]:
    body = recorded.feedbacks(scale.feedback_items)
    with DifyCompletion(
        api_key="key", base_url="http://server", http_client=_answering(body)
    ) as client:
        name = f"decode {scale.feedback_items:,} items"
        measured = cpu_of(lambda: _read(client))
        yield compare(name, 1.10, measured, cpu_of(lambda: _validate(body)), rounds=scale.rounds)


def _answering(body: bytes) -> httpx2.Client:
    headers = {"content-type": "application/json"}

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=body, headers=headers)

    return httpx2.Client(transport=httpx2.MockTransport(answer))


def _read(client: DifyCompletion) -> None:
    for _ in range(_REPEATS):
        client.feedback.get_app_feedbacks()


def _validate(body: bytes) -> None:
    for _ in range(_REPEATS):
        models.AppFeedbacksResponse.model_validate_json(body)
