"""Typed events by the client: beside those of openai-python, where that is installed.

Beside its own stream, which its users read; and beside our events, like for like, since its own are
nested deeper.
"""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, create_model

from dify_completion import DifyCompletion, models
from tests.bench.events import in_steps, read_typed
from tests.bench.measure import Figure, LeftOut, Row, Scale, compare, cpu_of
from tests.bench.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OWN = Row("typed event beside openai-python's", "openai-python's typed stream", 0.05)
# The target is ours: what is asked for is the row above.
_SAME = Row("typed event beside the same by openai-python", "our events by openai-python", 0.25)


def figures(scale: Scale) -> Iterator[Figure | LeftOut]:
    if find_spec("openai") is None:
        yield LeftOut("typed events beside openai-python's", "openai is not installed")
        return
    openai = importlib.import_module("openai")
    # It takes its time: a twentieth of the events is enough.
    count = scale.events // 20
    with (
        serving() as server,
        DifyCompletion(api_key="key", base_url=f"{server}/large/{count}") as client,
        openai.OpenAI(api_key="key", base_url=f"{server}/large/{count}") as same,
        openai.OpenAI(api_key="key", base_url=f"{server}/chat/{count}") as chat,
    ):
        union = openai.Stream[_union(openai)]
        yield _figure(_OWN, client, lambda: _read_chat(chat), scale)
        yield _figure(_SAME, client, lambda: _read_same(same, union), scale)


def _figure(
    row: Row, client: DifyCompletion, reading: Callable[[], Iterator[None]], scale: Scale
) -> Figure:
    measured = cpu_of(lambda: read_typed(client))
    return compare(row, measured, cpu_of(reading), rounds=scale.stream_rounds)


def _read_chat(client: Any) -> Iterator[None]:
    """Read the events of its own API."""
    with client.chat.completions.create(model="m", messages=[], stream=True) as events:
        yield from in_steps(events)


def _read_same(client: Any, stream: Any) -> Iterator[None]:
    """Read the events that the client reads too, as its own methods would."""
    with client.post(
        "/completion-messages", body={}, cast_to=object, stream=True, stream_cls=stream
    ) as events:
        yield from in_steps(events)


def _union(openai: Any) -> Any:
    """The union of the events, in models of openai-python's own kind with the same fields."""
    message = _own(models.StreamEventMessage, openai)
    end = _own(models.StreamEventMessageEnd, openai)
    by_tag = importlib.import_module("openai._utils").PropertyInfo(discriminator="event")
    return Annotated[message | end, by_tag]


def _own(model: type[BaseModel], openai: Any) -> Any:
    fields: Any = {name: (field.annotation, field) for name, field in model.model_fields.items()}
    return create_model(model.__name__, __base__=openai.BaseModel, **fields)
