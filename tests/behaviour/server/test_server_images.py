"""Images that come with a prompt: they reach the model, from the store or from an address."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2
import pytest

from completion_server import App, ServerSettings, Vision, serve_settings

# A header that says 3 by 2 pixels is all that is looked at.
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (3).to_bytes(4) + (2).to_bytes(4) + bytes(50)


class Picture(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(PNG)))
        self.end_headers()
        self.wfile.write(PNG)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Picture) as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{site.server_port}/x.png"
        site.shutdown()
        thread.join()


def look(client: httpx2.Client, **file: str) -> httpx2.Response:
    files = [{"type": "image", **file}]
    body = {"inputs": {"query": "look"}, "user": "u", "files": files}
    return client.post("/completion-messages", json=body)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    app = App(name="Seeing", keys=("key",), vision=Vision())
    settings = ServerSettings(apps=(app,), private_urls=True)
    headers = {"Authorization": "Bearer key"}
    with (
        serve_settings(settings) as base_url,
        httpx2.Client(base_url=base_url, headers=headers) as client,
    ):
        yield client


def test_the_model_sees_an_uploaded_image(client: httpx2.Client) -> None:
    file = {"file": ("cat.png", PNG, "image/png")}
    uploaded = client.post("/files/upload", files=file, data={"user": "u"}).json()
    answer = look(client, transfer_method="local_file", upload_file_id=uploaded["id"]).json()
    assert "3 by 2 pixels" in answer["answer"]


def test_the_model_sees_an_image_from_an_address(client: httpx2.Client, address: str) -> None:
    answer = look(client, transfer_method="remote_url", url=address).json()
    assert "3 by 2 pixels" in answer["answer"]


def test_an_image_that_is_gone_is_told(client: httpx2.Client) -> None:
    answer = look(client, transfer_method="remote_url", url="http://127.0.0.1:9/x.png")
    assert answer.status_code == 400
    expected = "Reached maximum retries (3) for URL http://127.0.0.1:9/x.png"
    assert answer.json()["message"] == expected
