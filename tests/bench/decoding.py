"""A page of feedback items through the client: beside pydantic alone on the same model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

from dify_completion import DifyCompletion, models
from tests.bench import recorded
from tests.bench.measure import Figure, Row, Scale, compare, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPEATS = 10


def figures(scale: Scale) -> Iterator[Figure]:
    body = recorded.feedbacks(scale.feedback_items)
    http = _answering(body)
    with http, DifyCompletion(api_key="key", base_url="http://server", http_client=http) as client:
        name = f"decode {scale.feedback_items:,} feedback items"
        yield compare(
            Row(name, "validate_json of the same model", 1.10),
            repeated(client.feedback.get_app_feedbacks, _REPEATS),
            repeated(lambda: models.AppFeedbacksResponse.model_validate_json(body), _REPEATS),
            rounds=scale.rounds,
        )


def _answering(body: bytes) -> httpx2.Client:
    headers = {"content-type": "application/json"}

    def answer(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=body, headers=headers)

    return httpx2.Client(transport=httpx2.MockTransport(answer))
