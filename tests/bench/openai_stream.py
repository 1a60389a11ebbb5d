"""The same typed events by the client and by openai-python, where that is installed."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, create_model

from dify_completion import DifyCompletion, models
from tests.bench.events import read_typed
from tests.bench.measure import Figure, LeftOut, Scale, compare, cpu_of
from tests.bench.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

_TARGET = 0.05


def figures(scale: Scale) -> Iterator[Figure | LeftOut]:
    if find_spec("openai") is None:
        yield LeftOut("events beside openai-python", "openai is not installed")
        return
    openai = importlib.import_module("openai")
    # It takes its time: a tenth of the events is enough.
    count = scale.events // 10
    with (
        serving() as server,
        DifyCompletion(api_key="key", base_url=f"{server}/large/{count}") as client,
        openai.OpenAI(api_key="key", base_url=f"{server}/large/{count}") as same,
        openai.OpenAI(api_key="key", base_url=f"{server}/chat/{count}") as chat,
    ):
        union = openai.Stream[_union(openai)]
        for name, reading in (
            ("events beside openai-python's chat stream", lambda: _read_chat(chat)),
            ("events beside the same by openai-python", lambda: _read_same(same, union)),
        ):
            measured = cpu_of(lambda: read_typed(client))
            yield compare(name, _TARGET, measured, cpu_of(reading), rounds=scale.stream_rounds)


def _read_chat(client: Any) -> int:
    """Count the events of its own API, which are nested deeper than ours."""
    with client.chat.completions.create(model="m", messages=[], stream=True) as events:
        return sum(1 for _ in events)


def _read_same(client: Any, stream: Any) -> int:
    """Count the events that the client reads too, as its own methods would."""
    with client.post(
        "/completion-messages", body={}, cast_to=object, stream=True, stream_cls=stream
    ) as events:
        return sum(1 for _ in events)


def _union(openai: Any) -> Any:
    """The union of the events, in models of openai-python's own kind with the same fields."""
    message = _own(models.StreamEventMessage, openai)
    end = _own(models.StreamEventMessageEnd, openai)
    by_tag = importlib.import_module("openai._utils").PropertyInfo(discriminator="event")
    return Annotated[message | end, by_tag]


def _own(model: type[BaseModel], openai: Any) -> Any:
    fields: Any = {name: (field.annotation, field) for name, field in model.model_fields.items()}
    return create_model(model.__name__, __base__=openai.BaseModel, **fields)
