"""Where versions of Dify part: the same requests to a server of each, in its own way."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from completion_server import App, ServerSettings, Vision, serve_settings
from completion_server.settings import Compatibility

VERSIONS: tuple[Compatibility, ...] = ("1.4.1", "1.14.2")
APP = App(name="App", keys=("key",), vision=Vision())
OTHER = App(name="Other", keys=("other",), vision=Vision())

Client = Callable[..., httpx2.Client]


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def client_of(version: Compatibility) -> Iterator[Client]:
    settings = ServerSettings(compatibility=version, apps=(APP, OTHER))
    with serve_settings(settings) as base_url, httpx2.Client(base_url=base_url) as client:

        def with_key(key: str = "key") -> httpx2.Client:
            client.headers["Authorization"] = f"Bearer {key}"
            return client

        yield with_key


@pytest.fixture
def client(client_of: Client) -> httpx2.Client:
    return client_of()


def ask(client: httpx2.Client, **fields: Any) -> httpx2.Response:
    body = {"inputs": {"query": "Hello"}, "user": "u", **fields}
    return client.post("/completion-messages", json=body)


def upload(client: httpx2.Client, name: str = "a.png") -> httpx2.Response:
    file = {"file": (name, b"x", "image/png")}
    return client.post("/files/upload", files=file, data={"user": "u"})


def test_each_answer_says_its_version(client: httpx2.Client, version: str) -> None:
    assert client.get("/info").headers["x-version"] == version


def test_json_is_spelled_as_the_version_does(client: httpx2.Client, version: str) -> None:
    expected = {"1.4.1": b'{"id": "', "1.14.2": b'{"id":"'}[version]
    uploaded = upload(client).content
    assert uploaded.startswith(expected)
    assert (b"image\\/png" in uploaded) == (version == "1.14.2")


def test_events_are_spelled_as_the_version_does(client: httpx2.Client, version: str) -> None:
    answer = ask(client, inputs={"query": "[[unicode]]"}, response_mode="streaming")
    expected = {"1.4.1": b'"answer": "h\\u00e9llo "', "1.14.2": '"answer":"héllo "'.encode()}
    assert expected[version] in answer.content


def test_a_bad_argument_is_named_by_the_older_and_dumped_by_the_newer(
    client: httpx2.Client, version: str
) -> None:
    body = ask(client, response_mode="sse").json()
    if version == "1.4.1":
        assert body == {
            "code": "invalid_param",
            "message": "sse is not a valid choice",
            "params": "response_mode",
        }
    else:
        assert body["status"] == 400
        assert body["message"].startswith("1 validation error for CompletionRequestPayload\n")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"inputs": [5]}, "'list' object is not a dictionary"),
        ({"inputs": "x"}, "dictionary update sequence element #0 has length 1; 2 is required"),
        ({"files": {"type": "image"}}, "'dict' object is not a list"),
    ],
)
def test_every_wrong_kind_is_a_400(
    client: httpx2.Client, version: str, fields: dict[str, Any], message: str
) -> None:
    answer = ask(client, **fields)
    assert answer.status_code == 400
    if version == "1.4.1":
        assert answer.json()["message"] == message


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("limit=0", "Invalid argument: 0. argument must be within the range 1 - 101"),
        ("limit=", " is not a valid integer"),
        ("page=x", "invalid literal for int() with base 10: 'x'"),
    ],
)
def test_paging_is_refused_in_the_words_of_the_version(
    client: httpx2.Client, version: str, query: str, message: str
) -> None:
    answer = client.get(f"/app/feedbacks?{query}")
    assert answer.status_code == 400
    assert (answer.json()["message"] == message) == (version == "1.4.1")


def test_the_newer_tells_more_of_an_answer(client: httpx2.Client, version: str) -> None:
    metadata = ask(client).json()["metadata"]
    more = {"annotation_reply", "retriever_resources"} if version == "1.14.2" else set()
    assert set(metadata) == {"usage"} | more
    assert ("time_to_first_token" in metadata["usage"]) == (version == "1.14.2")


def test_the_newer_tells_more_of_a_file(client: httpx2.Client, version: str) -> None:
    assert ("tenant_id" in upload(client).json()) == (version == "1.14.2")


def test_a_colon_in_a_file_name_is_refused_by_the_older(
    client: httpx2.Client, version: str
) -> None:
    assert upload(client, "a:b.png").status_code == {"1.4.1": 400, "1.14.2": 201}[version]


def test_a_form_without_a_file_is_told_in_the_words_of_the_version(
    client: httpx2.Client, version: str
) -> None:
    code = client.post("/files/upload", data={"user": "u"}).json()["code"]
    assert code == {"1.4.1": "bad_request_key_error", "1.14.2": "no_file_uploaded"}[version]


def test_another_app_s_file_can_be_brought_to_the_older(client_of: Client, version: str) -> None:
    file_id = upload(client_of("other")).json()["id"]
    file = {"type": "image", "transfer_method": "local_file", "upload_file_id": file_id}
    answer = ask(client_of(), files=[file])
    assert answer.status_code == {"1.4.1": 200, "1.14.2": 400}[version]


def test_a_remote_file_without_a_url_is_refused_by_the_older(
    client: httpx2.Client, version: str
) -> None:
    answer = ask(client, files=[{"type": "image", "transfer_method": "remote_url"}])
    assert answer.status_code == {"1.4.1": 400, "1.14.2": 200}[version]


def test_an_unforeseen_failure_of_the_model_has_the_code_of_the_version(
    client: httpx2.Client, version: str
) -> None:
    code = ask(client, inputs={"query": "[[error:Odd]]"}).json()["code"]
    assert code == {"1.4.1": "completion_request_error", "1.14.2": "invalid_param"}[version]


def test_the_older_has_an_index(client: httpx2.Client, version: str) -> None:
    assert client.get("/").status_code == {"1.4.1": 200, "1.14.2": 404}[version]
