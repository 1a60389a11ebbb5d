"""Keys, routes, methods and media types: what every operation refuses in the same way."""

import re
from collections.abc import Callable

import httpx2
import pytest

from completion_server import App, RunningServer, ServerSettings, serve_settings
from completion_server.routes import OPERATIONS
from completion_server.settings import builtin_apps

EVERY_OPERATION = [
    (each.method, re.sub(r"\{.*?\}", "00000000-0000-4000-8000-000000000000", each.path))
    for each in OPERATIONS
]
WITH_JSON = [path for method, path in EVERY_OPERATION if method == "POST" and "files" not in path]


def test_there_are_nine_operations() -> None:
    assert len(EVERY_OPERATION) == 9


@pytest.mark.parametrize(("method", "path"), EVERY_OPERATION)
@pytest.mark.parametrize(
    ("authorization", "message"),
    [
        (None, "Authorization header must be provided and start with 'Bearer'"),
        ("app-xyz", "Authorization header must be provided and start with 'Bearer'"),
        ("Bearer", "Authorization header must be provided and start with 'Bearer'"),
        ("Basic abc", "Authorization scheme must be 'Bearer'"),
        ("Bearer app-bad", "Access token is invalid"),
        ("Bearer é", "Access token is invalid"),
    ],
)
def test_without_a_key_nothing_is_answered(
    visitor: httpx2.Client, method: str, path: str, authorization: str | None, message: str
) -> None:
    headers = {b"Authorization": authorization.encode()} if authorization else {}
    response = visitor.request(method, path, headers=headers)
    assert response.status_code == 401
    assert response.json() == {"code": "unauthorized", "message": message, "status": 401}
    assert response.headers["www-authenticate"] == 'Bearer realm="api"'
    assert response.headers["x-version"] == "1.14.2"


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer "])
def test_the_scheme_may_be_in_any_case(
    visitor: httpx2.Client, server: RunningServer, scheme: str
) -> None:
    headers = {"Authorization": f"{scheme} {server.api_key}"}
    assert visitor.get("/info", headers=headers).status_code == 200


@pytest.mark.parametrize(("method", "path"), EVERY_OPERATION)
def test_a_disabled_app_answers_nothing(
    client_of: Callable[[str], httpx2.Client], method: str, path: str
) -> None:
    response = client_of("Disabled").request(method, path)
    assert response.status_code == 403
    assert response.json() == {
        "code": "forbidden",
        "message": "The app's API service has been disabled.",
        "status": 403,
    }


@pytest.mark.parametrize(
    "path", ["/", "/nope", "/info/", "/INFO", "//info", "/info%00", "/%ff%fe", "/messages/x"]
)
def test_an_unknown_route_is_a_json_404(client: httpx2.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/json"
    assert (response.json()["code"], response.json()["status"]) == ("not_found", 404)


@pytest.mark.parametrize(("method", "path"), EVERY_OPERATION)
@pytest.mark.parametrize("wrong", ["PUT", "PATCH", "DELETE", "TRACE", "PURGE"])
def test_a_wrong_method_is_told_the_right_ones(
    client: httpx2.Client, method: str, path: str, wrong: str
) -> None:
    response = client.request(wrong, path)
    assert response.status_code == 405
    assert response.json()["code"] == "method_not_allowed"
    assert {method, "OPTIONS"} <= set(response.headers["allow"].split(", "))


@pytest.mark.parametrize(("method", "path"), EVERY_OPERATION)
def test_options_needs_no_key(visitor: httpx2.Client, method: str, path: str) -> None:
    response = visitor.options(path)
    assert response.status_code == 200
    assert method in response.headers["allow"]
    assert method in response.headers["access-control-allow-methods"]
    assert "Authorization" in response.headers["access-control-allow-headers"]
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", WITH_JSON)
@pytest.mark.parametrize("media_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_another_media_type_is_refused(
    client: httpx2.Client, path: str, media_type: str | None
) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    response = client.post(path, content=b"{}", headers=headers)
    assert response.status_code == 415
    assert response.json() == {
        "code": "unsupported_media_type",
        "message": "Did not attempt to load JSON data because the request Content-Type was not"
        " 'application/json'.",
        "status": 415,
    }


@pytest.mark.parametrize("path", WITH_JSON)
def test_a_body_past_its_bound_is_refused(client: httpx2.Client, path: str) -> None:
    response = client.post(path, json={"user": "x" * 1024 * 1024})
    assert response.status_code == 413
    assert response.json()["code"] == "request_entity_too_large"


def test_health_needs_no_key(server: RunningServer) -> None:
    answer = httpx2.get(server.base_url.removesuffix("/v1") + "/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["compatibility"] == "1.14.2"


def test_a_fault_is_switched_on_for_a_server_and_by_a_header() -> None:
    fault = "error-provider_quota_exceeded"
    settings = ServerSettings(apps=builtin_apps("k"), faults=(fault,), faults_by_header=True)
    headers = {"Authorization": "Bearer k"}
    body = {"inputs": {"query": "Hello"}, "user": "u"}
    with (
        serve_settings(settings) as base_url,
        httpx2.Client(base_url=base_url, headers=headers) as client,
    ):
        answer = client.post("/completion-messages", json=body)
        assert answer.json()["code"] == "provider_quota_exceeded"
        asked = client.get("/info", headers={"X-Fault": "no-such-fault"})
        assert (asked.status_code, asked.json()["code"]) == (400, "unknown_fault")


def test_accept_is_ignored(client: httpx2.Client) -> None:
    assert client.get("/info", headers={"Accept": "text/plain"}).status_code == 200


def test_a_key_is_in_no_representation(server: RunningServer) -> None:
    assert server.api_key not in repr(server)
    assert "app-secret" not in repr(App(name="Secret", keys=("app-secret",)))
