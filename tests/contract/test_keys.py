"""The key that is given is the one that is sent, and no form of it is in what is kept."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from starlette.responses import JSONResponse

from specloom.contract.answers.subject import Subject
from specloom.contract.exchanges.curl import curl
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.exchanges.exchange_json import plain_exchange
from specloom.contract.phases.authentication import try_authentication
from specloom.contract.phases.wrong_keys import near_key
from specloom.contract.replays.replay import replay
from specloom.contract.requests.bases import find_base
from specloom.contract.transport.credentials import Credentials, credentials
from specloom.contract.transport.sender import NoAnswerError, Sender
from specloom.contract.transport.surroundings import own_surroundings, proxies
from specloom.contract.transport.target import Target
from specloom.diagnostics import Collector, HaltedError, Location
from specloom.document.load import load
from tests.contract.fixed_server import serve_fixed
from tests.contract.runs import SPEC, called, run_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

    from specloom.contract.phases.trial import Trial

BEARER, BASIC, API_KEY = {"Authorization": "Bearer"}, {"Authorization": "Basic"}, {"X-Key": ""}
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "authorization"},
}


class Listening:
    """A server that knows no key, and keeps what it was sent as such."""

    def __init__(self) -> None:
        """Nothing is heard yet."""
        self.heard: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, repeating what was sent."""
        sent = dict(scope["headers"]).get(b"authorization", b"none").decode()
        self.heard.append(sent)
        await JSONResponse({"sent": sent}, 401)(scope, receive, send)


@pytest.fixture
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's password for each host, and a proxy that is gone."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password the-users-password\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.slow
@pytest.mark.usefixtures("surroundings")
def test_neither_a_netrc_nor_a_proxy_comes_between(tmp_path: Path) -> None:
    server = Listening()
    with serve_fixed(server) as url:
        run_on(url, "app-given-key", tmp_path / "report", "/info")
    users = b64encode(b"me:the-users-password").decode()
    assert f"Basic {users}" not in server.heard
    assert server.heard.count("Bearer app-given-key") > 5


@pytest.mark.usefixtures("surroundings")
def test_a_proxy_is_asked_for_other_hosts_alone() -> None:
    assert proxies("http://example.org/v1")["http"] == "http://127.0.0.1:9"
    for host in ("127.0.0.1:80", "localhost", "[::1]:80"):
        assert proxies(f"http://{host}/v1") == {}


def test_variables_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "example.org")
    monkeypatch.delenv("NETRC", raising=False)
    with own_surroundings():
        assert os.environ["no_proxy"].startswith("example.org,")
    assert os.environ["no_proxy"] == "example.org"
    assert "NETRC" not in os.environ


@pytest.mark.parametrize("option", ["--api-key", "--other-api-key"])
@pytest.mark.parametrize("key", ["app\nsecret-of-mine", "app-secret-of-\u4e2d", " app-secret"])
def test_a_key_that_no_header_can_hold_is_refused(option: str, key: str, tmp_path: Path) -> None:
    folder = str(tmp_path)
    status, said = called(
        "contract", str(SPEC), "--url", "http://127.0.0.1:9", option, key, "--report", folder
    )
    assert status == 2
    assert f"{option} can't be used" in said
    assert "secret" not in said


@pytest.mark.parametrize("value", ["a\nsecret", "secret \u4e2d", " secret"])
def test_a_header_that_can_not_be_sent_is_not_said(value: str) -> None:
    request = Request("GET", "/x", headers={"x-key": value})
    with (
        Sender(Target("http://127.0.0.1:9"), 5.0) as sender,
        pytest.raises(NoAnswerError) as told,
    ):
        sender.bare(request)
    assert "a header" in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("other", ["app-secret", "app-secret-and-more"])
def test_a_key_that_begins_as_another_leaves_nothing(other: str) -> None:
    for key, second in (("app-secret-and", other), (other, "app-secret-and")):
        held = Credentials(key, BEARER, second)
        assert held.redact(f"{key} {second}") == "[redacted] [redacted]"


@pytest.mark.parametrize("key", ["app/secret+key", "app secret&key", "app-secret\u00ff>?"])
def test_a_key_is_found_in_urls_and_base64(key: str) -> None:
    content = key.encode()
    forms = [quote(key), quote(key, safe=""), quote(key, safe="").replace("%20", "+")]
    forms += [b64encode(content).decode(), b64encode(content).decode().translate({43: 45, 47: 95})]
    for held in (Credentials(key, BEARER), Credentials("app-first-key", BEARER, key)):
        assert [held.redact(form) for form in forms] == ["[redacted]"] * len(forms)
        more = held.redact(b64encode(content + b"more").decode())
        assert more.startswith("[redacted]")


@pytest.mark.parametrize(
    ("schemes", "headers"),
    [
        (API_KEY, {"x-key": "k3y"}),
        (BEARER, {"authorization": "Bearer k3y"}),
        (BEARER, {"authorization": "bearer k3y"}),
        (BASIC, {"authorization": f"Basic {b64encode(b'k3y').decode()}"}),
    ],
)
def test_a_short_key_is_in_no_request_that_is_kept(
    schemes: dict[str, str], headers: dict[str, str]
) -> None:
    target = Target("http://127.0.0.1", Credentials("k3y", schemes))
    request = Request("GET", "/x?api_key=k3y&a=k3ys", headers=headers)
    exchange = Exchange("", "", request, Response(200), Location(""))
    kept = plain_exchange(exchange, target)["request"]
    [name] = headers
    scheme = headers[name].rpartition(" ")[0]
    assert kept["headers"] == {name: f"{scheme} [redacted]".strip()}
    assert kept["target"] == "/x?api_key=[redacted]&a=k3ys"
    command = curl(request, target)
    assert f"{name}: {headers[name]}" not in command
    assert "api_key=k3y" not in command


def test_a_wrong_key_is_not_shown_as_the_right_one() -> None:
    target = Target("http://127.0.0.1", Credentials("key", BEARER))
    command = curl(Request("GET", "/", headers={"authorization": "Bearer [wrong key]"}), target)
    assert "Bearer [wrong key]" in command
    assert "SPECLOOM_API_KEY" not in command


def document(folder: Path, scheme: str) -> Subject:
    """A thing to be got and made, with a key."""
    operation = {"responses": {"200": {"description": "ok"}}}
    tree = {
        "openapi": "3.2.0",
        "info": {"title": "Things", "version": "1"},
        "security": [{"key": []}],
        "paths": {
            "/thing": {
                "get": {"operationId": "getThing", **operation},
                "post": {"operationId": "makeThing", **operation},
            }
        },
        "components": {"securitySchemes": {"key": SCHEMES[scheme]}},
    }
    path = folder / "openapi.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return Subject(load(path, Collector()))


def report(folder: Path, operation: str, *exchanges: dict[str, object]) -> Path:
    finding = {"id": "a", "check": "authentication", "operation": operation, "exchanges": exchanges}
    path = folder / "report.json"
    path.write_text(json.dumps({"findings": [finding]}), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("key", ["me:a-secret-key-of-mine", "me:k", "me:a secret"])
def test_what_was_sent_is_sent_again(scheme: str, key: str, tmp_path: Path) -> None:
    """Each variant of a key, wrong ones too, though the report has none of them."""
    subject, server = document(tmp_path, scheme), Listening()
    with serve_fixed(server) as url:
        target = Target(url, credentials(subject.tree, key))
        with Sender(target, 5.0) as sender:
            for trial in trials(subject, sender):
                kept = [plain_exchange(one, target) for one in trial.exchanges[-1:]]
                assert not {key, near_key(key)} & set(str(kept[0]["request"]).split("'"))
                path = report(tmp_path, "getThing", *kept)
                server.heard.clear()
                replay(path, "a", subject, sender, Collector())
                assert server.heard == [expected(trial.name, scheme, key)]


def trials(subject: Subject, sender: Sender) -> Iterator[Trial]:
    [operation] = [one for one in subject.operations.values() if one.id == "getThing"]
    for trial in try_authentication(
        subject, sender, operation, find_base(subject, sender, operation)
    ):
        if trial.name in {"a wrong key", "the key and more behind it", "a key without a scheme"}:
            yield trial


def expected(name: str, scheme: str, key: str) -> str:
    """What the header held at first."""
    sent = {"a wrong key": near_key(key), "the key and more behind it": f"{key}x"}.get(name, key)
    sent = b64encode(sent.encode()).decode() if scheme == "basic" else sent
    before = {"bearer": "Bearer ", "basic": "Basic ", "header": ""}[scheme]
    return sent if name == "a key without a scheme" else before + sent


def test_a_replay_that_may_only_read_sends_what_reads(tmp_path: Path) -> None:
    with read_only(tmp_path, "GET", "getThing") as (sender, subject, path):
        replayed = replay(path, "a", subject, sender, Collector())
    assert [step.now for step in replayed.steps] == [401]


def test_a_replay_that_may_only_read_changes_nothing(tmp_path: Path) -> None:
    collector = Collector()
    with (
        read_only(tmp_path, "POST", "makeThing") as (sender, subject, path),
        pytest.raises(HaltedError),
    ):
        replay(path, "a", subject, sender, collector)
    [found] = collector.diagnostics
    assert found.message == "a needs POST, which --read-only rules out"


@contextmanager
def read_only(folder: Path, method: str, name: str) -> Iterator[tuple[Sender, Subject, Path]]:
    """Report a request, and serve what may only be read."""
    exchange = Exchange("", "", Request(method, "/thing"), Response(200), Location(""))
    with serve_fixed(Listening()) as url, Sender(Target(url), 5.0, safe_only=True) as sender:
        path = report(folder, name, plain_exchange(exchange, sender.target))
        yield sender, document(folder, "bearer"), path


def test_the_command_keeps_a_replay_from_changing_anything(tmp_path: Path) -> None:
    server = Listening()
    exchange = Exchange("", "", Request("POST", "/files/upload"), Response(200), Location(""))
    with serve_fixed(server) as url:
        report(tmp_path, "uploadFile", plain_exchange(exchange, Target(url)))
        given = ("--url", url, "--report", str(tmp_path), "--replay", "a", "--read-only")
        status, said = called("contract", str(SPEC), *given)
    assert status == 2
    assert "which --read-only rules out" in said
