"""No part of a key, nor of another app's, is in anything that a run writes or says."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from completion_server import App, ServerSettings
from completion_server.operations.service import create_service
from completion_server.routes import create_asgi_app
from completion_server.settings import Embedded
from completion_server.storage import Store
from tests.contract.fixed_server import serve_fixed
from tests.contract.runs import SPEC, called

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY, OTHER_KEY = "app-Zk3qf81LmPx0vTn5", "app-Wj7rt52NcVy9hQd4"
# One is found in a body, one by a key that is nearly right, one by the other key.
FAULTS = ("info-keys-leaked", "wrong-key-accepted", "another-apps-feedback", "item-key-leaked")
SHOWN = 12


def repeating(app: ASGIApp) -> ASGIApp:
    """Repeat the key that was sent in a header of each answer."""

    async def repeat(scope: Scope, receive: Receive, send: Send) -> None:
        sent = dict(scope["headers"]).get(b"authorization", b"none")

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"x-sent", sent)]}
            await send(message)

        await app(scope, receive, tell)

    return repeat


def traces(key: str) -> Iterator[bytes]:
    """What a key can't but leave where its beginning is, be it in base64, however it is cut."""
    begin = key[:SHOWN].encode()
    yield begin
    for before in range(3):
        encoded = b64encode(b"\0" * before + begin)
        # The first character and the last ones also hold what stands beside them.
        yield encoded[4 if before else 0 : -4]


@pytest.mark.slow
def test_no_beginning_of_a_key_is_under_the_report_folder(tmp_path: Path) -> None:
    model = Embedded(word_delay=0.0)
    apps = (
        App(name="Mine", keys=(KEY,), model=model),
        App(name="Other", keys=(OTHER_KEY,), model=model),
    )
    settings = ServerSettings(apps=apps, faults=FAULTS)
    service = create_service(settings, Store.open(tmp_path / "store", settings.storage))
    folder = tmp_path / "report"
    with serve_fixed(repeating(create_asgi_app(service))) as url:
        keys = ("--api-key", KEY, "--other-api-key", OTHER_KEY)
        only = ("--skip", "uploadFile", "--skip", "textToAudio", "--skip", "stopGenerate")
        given = ("--url", f"{url}/v1", *keys, *only, "--profile", "quick", "--report", str(folder))
        status, said = called("contract", str(SPEC), *given)
    assert status == 1
    for check in ("authentication", "another_apps_feedback_is_not_listed", "undeclared_fields"):
        assert f": {check}: " in said
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert len(written) >= 4
    assert [
        (str(path), trace)
        for path, content in [*written.items(), ("said", said.encode())]
        for trace in (*traces(KEY), *traces(OTHER_KEY))
        if trace in content
    ] == []
