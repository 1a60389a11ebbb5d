"""A fresh process that imports the client: beside one that imports what it stands on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.bench import recorded
from tests.bench.measure import Figure, Scale, compare
from tests.bench.process import cpu_of_process, python

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOCK = """
import sys
import httpx2

def answer(request):
    headers = {"content-type": "application/json"}
    return httpx2.Response(200, content=sys.argv[1].encode(), headers=headers)

http = httpx2.Client(transport=httpx2.MockTransport(answer))
"""

_FIRST_CALL = (
    _MOCK
    + """
from dify_completion import DifyCompletion

client = DifyCompletion(api_key="key", base_url="http://server", http_client=http)
client.application.get_app_info()
"""
)

_BY_HAND = (
    _MOCK
    + """
from pydantic import BaseModel

class AppInfo(BaseModel):
    name: str
    description: str
    tags: list[str]
    mode: str
    author_name: str | None = None

AppInfo.model_validate_json(http.get("http://server/info").content)
"""
)


def figures(scale: Scale) -> Iterator[Figure]:
    info = recorded.answer("info_MyApp").decode()
    importing = python("import dify_completion")
    beside = python("import httpx2, pydantic")
    yield _figure("import", 50, importing, beside, scale)
    first_call, by_hand = python(_FIRST_CALL, info), python(_BY_HAND, info)
    yield _figure("import and first call", 80, first_call, by_hand, scale)


def _figure(
    name: str, allowance: float, measured: list[str], yardstick: list[str], scale: Scale
) -> Figure:
    """Compare, with what the yardstick and so many milliseconds more come to as the target."""
    works = cpu_of_process(measured), cpu_of_process(yardstick)
    figure = compare(f"{name} (+{allowance:g} ms)", 0, *works, rounds=scale.process_rounds)
    return replace(figure, target=1 + allowance / figure.yardstick)
