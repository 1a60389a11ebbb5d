"""Calling `specloom contract`: who is tested, what is refused, and what is never shown."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from specloom.config import Config, load_config
from specloom.contract.exchanges.exchange import Exchange, Request, Response, decode
from specloom.contract.exchanges.expressions import Expressions
from specloom.contract.findings.findings import FailedCheck, group
from specloom.contract.plan.settings import Settings, read_settings
from specloom.contract.requests.links import Link
from specloom.contract.transport.credentials import Credentials, credentials
from specloom.contract.transport.server import served
from specloom.contract.transport.target import Target, wrong_url
from specloom.diagnostics import Collector, HaltedError, Location

SPEC = Path(__file__).parents[2] / "spec" / "completion"


def specloom(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from specloom.cli import main; main()", "contract"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "100"}
    return subprocess.run(  # noqa: S603 - our own program
        [*command, *arguments], capture_output=True, text=True, env=environment, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--url", "ftp://example.org"], "it must start with http:// or https:// and a host"),
        (["--url", "http://127.0.0.1:9/v1"], "target: http://127.0.0.1:9/v1, seed 1"),
        (["nowhere"], "CFG001"),
    ],
)
def test_what_can_not_be_tested_is_refused_with_status_2(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    where = [] if arguments == ["nowhere"] else [str(SPEC)]
    called = specloom(*where, *arguments, "--report", str(tmp_path), "--api-key", "app-secret")
    assert called.returncode == 2
    assert said in called.stderr
    assert "app-secret" not in called.stdout + called.stderr


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "http://", "http://me:pass@example.org", "http://x/?a=b", "http://[x"],
)
def test_a_base_url_must_be_one(url: str) -> None:
    assert wrong_url(url)


def test_a_base_url_may_have_a_path_and_a_port() -> None:
    assert wrong_url("https://example.org:8443/v1") is None


def _with_contract(table: dict[str, Any], tmp_path: Path) -> Config:
    settings = (SPEC / "specloom.toml").read_text(encoding="utf-8").partition("[contract]")[0]
    (tmp_path / "specloom.toml").write_text(settings, encoding="utf-8")
    config = load_config(tmp_path, Collector())
    config.contract.settings.update(table)
    return config


EXPECTATION = {"operation": "a", "check": "c", "status": 200, "reason": "r"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"serv": "x"}, "'serv' was unexpected"),
        ({"expectations": [{**EXPECTATION, "operation": "b"}]}, "names no operation with 'b'"),
        ({"expectations": [{**EXPECTATION, "check": "d"}]}, "names no check with 'd'"),
        ({"expectations": [{**EXPECTATION, "reason": ""}]}, "contract.expectations.0.reason"),
        ({"stops": [{"operation": "b", "link": "l", "body": {}}]}, "names no operation with 'b'"),
    ],
)
def test_settings_that_name_what_is_not_there_are_refused(
    table: dict[str, Any], said: str, tmp_path: Path
) -> None:
    collector = Collector()
    with pytest.raises(HaltedError):
        read_settings(_with_contract(table, tmp_path), ["a"], ["c"], collector)
    assert [said in found.message for found in collector.diagnostics] == [True]
    assert collector.exit_status == 2


def test_settings_are_read(tmp_path: Path) -> None:
    config = _with_contract({"expectations": [EXPECTATION], "serve": "s"}, tmp_path)
    settings = read_settings(config, ["a"], ["c"], Collector())
    assert (settings.serve, [entry.reason for entry in settings.expectations]) == ("s", ["r"])


SERVE = f"'{sys.executable}' -m http.server --bind 127.0.0.1 {{port}}"


@pytest.mark.slow
def test_the_projects_own_server_runs_as_long_as_it_is_tested(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with served(Settings(serve=SERVE), tmp_path, log, Collector()) as (url, key):
        assert Target(url).unreachable() is None
        assert key not in url
    assert Target(url).unreachable() is not None
    assert "GET /" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    ["no-such-command", f"'{sys.executable}' -c pass", None, "an 'open quote", " ", "${HOME} {x}"],
)
def test_a_server_that_does_not_start_is_said(command: str | None, tmp_path: Path) -> None:
    collector = Collector()
    with (
        pytest.raises(HaltedError),
        served(Settings(serve=command), tmp_path, tmp_path / "log", collector),
    ):
        pass
    assert collector.exit_status == 2


CHILD = "import time; print('child', flush=True); time.sleep(60)"
PARENT = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}])
print(child.pid, flush=True)
subprocess.run([sys.executable, "-m", "http.server", "--bind", "127.0.0.1", sys.argv[1]])
"""


@pytest.mark.slow
def test_what_the_servers_command_starts_ends_with_it(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    serve = shlex.join([sys.executable, "-c", PARENT, "{port}"])
    with served(Settings(serve=serve), tmp_path, log, Collector()) as (url, _):
        child = int(log.read_text(encoding="utf-8").split()[0])
        assert _runs(child)
    assert Target(url).unreachable() is not None
    assert not _runs(child)


@pytest.mark.slow
def test_sigterm_ends_the_server_too(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with (
        pytest.raises(KeyboardInterrupt),
        served(Settings(serve=SERVE), tmp_path, log, Collector()) as (url, _),
    ):
        os.kill(os.getpid(), signal.SIGTERM)
    assert Target(url).unreachable() is not None
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def _runs(process: int) -> bool:
    """Whether a process is there and no zombie; one that is told to end may take a moment."""
    for _ in range(50):
        shown = subprocess.run(  # noqa: S603 - a tool of the system
            ["ps", "-o", "stat=", "-p", str(process)],  # noqa: S607 - the same
            capture_output=True, text=True, check=False,
        ).stdout.strip()  # fmt: skip
        if not shown or shown.startswith("Z"):
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize(
    ("scheme", "headers"),
    [
        ({"type": "http", "scheme": "Bearer"}, {"Authorization": "Bearer k"}),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, {"X-Key": "k"}),
    ],
)
def test_a_key_goes_where_the_document_says(
    scheme: dict[str, str], headers: dict[str, str]
) -> None:
    found = credentials({"components": {"securitySchemes": {"a": scheme}}}, "k")
    assert found is not None
    assert headers == found.headers


def test_a_key_is_taken_out_of_texts() -> None:
    found = _bearer("app-secret")
    sent = "curl -H 'Authorization: [redacted]' -d app-secret"
    assert found.redact(sent) == "curl -H 'Authorization: Bearer [redacted]' -d [redacted]"
    assert "app-secret" not in repr(Target("http://127.0.0.1", found))


@pytest.mark.parametrize(
    ("sent_back", "left"),
    [
        (b'{"key": "app-\\"secret"}', b'{"key": "[redacted]"}'),
        (b"\xffapp-&quot;secret\xff", b"\xff[redacted]\xff"),
    ],
)
def test_a_key_is_found_escaped_too(sent_back: bytes, left: bytes) -> None:
    assert _bearer('app-"secret').redact_bytes(sent_back) == left


def test_a_short_key_is_hidden_in_its_header_alone() -> None:
    found = _bearer("test")
    assert found.redact("Bearer test, a testcase") == "[redacted], a testcase"
    assert found.shown == {"Authorization": "Bearer [redacted]"}


def _bearer(key: str) -> Credentials:
    scheme = {"type": "http", "scheme": "bearer"}
    found = credentials({"components": {"securitySchemes": {"a": scheme}}}, key)
    assert found is not None
    return found


def test_a_link_takes_from_request_and_answer() -> None:
    value = {
        "parameters": {"id": "$response.body#/task/id"},
        "requestBody": {"user": "$request.body#/user", "why": "done"},
    }
    link = Link("POST /tasks/{id}/stop", value)
    exchange = Exchange("", "", Request("POST", "/tasks"), Response(200), Location(""))

    def linked(answered: Any) -> Request:
        return link.request(Expressions(exchange, asked={"user": "u"}, answered=answered))

    sent = linked({"task": {"id": 5}})
    assert (sent.method, sent.target) == ("POST", "/tasks/5/stop")
    assert decode(sent) == {"user": "u", "why": "done"}
    assert linked({"task": {"id": "a b/c"}}).target == "/tasks/a%20b%2Fc/stop"
    with pytest.raises(LookupError):
        linked({"task": {}})


def test_a_link_without_a_body_sends_none_and_fills_the_query() -> None:
    exchange = Exchange("", "", Request("POST", "/tasks"), Response(200), Location(""))
    link = Link("DELETE /tasks/{id}", {"parameters": {"path.id": "7", "query.why": "$statusCode"}})
    sent = link.request(Expressions(exchange))
    assert (sent.target, sent.body, dict(sent.headers)) == ("/tasks/7?why=200", b"", {})


def test_failures_of_one_cause_are_one_finding_with_the_smallest_request() -> None:
    def failure(cause: str, *steps: str, severity: str = "medium") -> FailedCheck:
        place = Location("openapi.json")
        return FailedCheck("c", "o", cause, "m", severity, "fuzzing", place, steps)

    found = group([
        failure("a", "curl long"), failure("a", "curl"), failure("a", "curl", "curl"),
        failure("b", "curl", severity="critical"),
    ])  # fmt: skip
    assert [(finding.example.cause, finding.times) for finding in found] == [("b", 1), ("a", 3)]
    assert found[1].example.steps == ("curl",)
    assert len({finding.id for finding in found}) == 2


@pytest.mark.slow
def test_a_server_that_goes_away_is_not_called_clean(tmp_path: Path) -> None:
    """It answers once, so that it is found there, and then no more."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer_once() -> None:
        connection, _ = listening.accept()
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        connection.close()
        listening.close()

    threading.Thread(target=answer_once, daemon=True).start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    called = specloom(str(SPEC), "--url", url, "--report", str(tmp_path), "--profile", "quick")
    assert called.returncode == 1
    assert ": answer: " in called.stdout
