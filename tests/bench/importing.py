"""A fresh process that imports the client: beside one that imports what it stands on.

The package gives its names when asked for them, so the client's is asked for: a bare import would
measure nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.bench import recorded
from tests.bench.measure import Figure, Row, Scale, compare
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
    yield _figure(
        ("import dify_completion", "import httpx2, pydantic"),
        50,
        python("from dify_completion import DifyCompletion"),
        python("import httpx2, pydantic"),
        scale,
    )
    yield _figure(
        ("import and the first call", "httpx2 and one model by hand"),
        80,
        python(_FIRST_CALL, info),
        python(_BY_HAND, info),
        scale,
    )


def _figure(
    names: tuple[str, str],
    allowance: float,
    measured: list[str],
    yardstick: list[str],
    scale: Scale,
) -> Figure:
    """Compare, with what the yardstick and so many milliseconds more come to as the target."""
    name, beside = names
    row = Row(f"{name} (+{allowance:g} ms)", beside, 1)
    works = cpu_of_process(measured), cpu_of_process(yardstick)
    figure = compare(row, *works, rounds=scale.process_rounds)
    return replace(figure, row=replace(row, target=1 + allowance / figure.yardstick))
