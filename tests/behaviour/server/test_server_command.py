"""The command `completion-server`: it says where it serves, keeps its data, and stops when told."""

import io
import json
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from completion_server import ServerSettings, cli, serve
from completion_server.cli import main
from completion_server.settings import hashed
from completion_server.uvicorn_server import UvicornServer
from tests.behaviour.server.event_stream import events
from tests.server_process import running_completion_server

KEY = "app-mine"


@pytest.fixture(autouse=True)
def _same_process_afterwards() -> Iterator[None]:
    """Take back what `main` sets for its whole process."""
    root = logging.getLogger()
    handlers, level, on_sigterm = root.handlers[:], root.level, signal.getsignal(signal.SIGTERM)
    yield
    root.handlers[:], root.level = handlers, level
    signal.signal(signal.SIGTERM, on_sigterm)


@contextmanager
def running(
    *options: str, stop: signal.Signals = signal.SIGINT
) -> Iterator[tuple[list[str], httpx2.Client]]:
    """Run the command, and stop it at the end; gives a client with the key `app-mine`.

    The list has the lines of its log after the block.
    """
    log: list[str] = []
    environment = {"COMPLETION_SERVER_API_KEY": KEY}
    with running_completion_server(*options, environment=environment) as server:
        headers = {"Authorization": f"Bearer {KEY}"}
        with httpx2.Client(base_url=server.base_url, headers=headers) as client:
            yield log, client
        assert server.stop(stop) == 0
        assert server.process.stdout is not None
        assert server.process.stdout.read() == ""
        log += server.log_lines()


def complete(client: httpx2.Client, query: str = "Hello", user: str = "u") -> str:
    """Ask for a completion; gives the id of its message."""
    answer = client.post("/completion-messages", json={"inputs": {"query": query}, "user": user})
    return str(answer.json()["message_id"])


def test_it_serves_until_interrupted_and_logs_each_request_without_the_key() -> None:
    with running("--ephemeral") as (lines, client):
        assert client.get("/info?user=secret").status_code == 200
    logged = [json.loads(line) for line in lines]
    (told,) = [each for each in logged if each["event"] == "request"]
    assert (told["path"], told["status"]) == ("/v1/info", 200)
    assert (told["operation"], told["app"]) == ("getAppInfo", "My App")
    assert [line for line in lines if KEY in line or "secret" in line] == []


def test_an_ephemeral_server_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with running("--ephemeral", stop=signal.SIGTERM) as (_, client):
        complete(client)
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_data_outlives_a_restart(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    with running(*data) as (_, client):
        message_id = complete(client)
        rating = {"rating": "like", "user": "u", "content": "fine"}
        assert client.post(f"/messages/{message_id}/feedbacks", json=rating).status_code == 200
    with running(*data) as (_, client):
        (feedback,) = client.get("/app/feedbacks").json()["data"]
        assert (feedback["message_id"], feedback["content"]) == (message_id, "fine")
        revoked = {"rating": None, "user": "u"}
        assert client.post(f"/messages/{message_id}/feedbacks", json=revoked).status_code == 200


@pytest.mark.slow
def test_any_worker_stops_a_stream_of_any_other() -> None:
    body = {"inputs": {"query": "[[slow:20:1]]"}, "user": "u", "response_mode": "streaming"}
    with running("--ephemeral", "--workers", "2") as (_, client):
        for _ in range(4):
            began = time.monotonic()
            with client.stream("POST", "/completion-messages", json=body) as response:
                following = events(response)
                task_id = next(following)["task_id"]
                # A connection of its own: the kernel gives it to either worker.
                with httpx2.Client(base_url=client.base_url, headers=client.headers) as another:
                    another.post(f"/completion-messages/{task_id}/stop", json={"user": "u"})
                *_, last = following
            assert last["event"] == "message_end"
            assert time.monotonic() - began < 5


@pytest.mark.slow
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    options = ("--data", str(tmp_path), "--workers", "2")
    with running_completion_server(*options) as server:
        assert httpx2.get(f"{server.base_url}/info").status_code == 401
        os.kill(server.process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while is_listening(server.base_url):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def is_listening(base_url: str) -> bool:
    address = urlsplit(base_url)
    try:
        socket.create_connection((address.hostname or "", address.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


def test_options_come_before_what_settings_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "apps.toml"
    file.write_text('[[apps]]\nname = "A"\nkeys = ["app-a"]\n')
    served: list[ServerSettings] = []
    monkeypatch.setattr(cli, "serve_until_interrupted", lambda given, *_: served.append(given))
    options = ["--compatibility", "1.4.1", "--fault", "stop-ignored", "--faults-by-header"]
    assert main([str(file), *options]) == 0
    assert main([str(file)]) == 0
    told: list[Any] = [(it.compatibility, it.faults, it.faults_by_header) for it in served]
    assert told == [("1.4.1", ("stop-ignored",), True), ("1.14.2", (), False)]


def test_an_unknown_fault_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ephemeral", "--port", "0", "--fault", "stop-ignred"]) == 2
    assert "stop-ignored" in capsys.readouterr().err


def test_a_taken_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["--ephemeral", "--port", str(taken.getsockname()[1])]) == 2
    assert "in use" in capsys.readouterr().err


def test_a_folder_that_is_a_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("")
    assert main(["--port", "0", "--data", str(tmp_path / "data")]) == 2
    assert str(tmp_path / "data") in capsys.readouterr().err


def test_bad_settings_are_told_with_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "apps.toml"
    file.write_text('[[apps]]\nname = "A"\nkeys = ["app-a"]\nmodus = "chat"\n')
    assert main([str(file), "--check"]) == 1
    assert f"{file}:4: apps[0].modus" in capsys.readouterr().err


def test_good_settings_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "apps.toml"
    file.write_text('[[apps]]\nname = "A"\nkeys = ["app-a"]\n')
    assert main([str(file), "--check"]) == 0
    assert capsys.readouterr().out == "apps: A\n"


def test_a_settings_file_holds_its_keys_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["apps.toml", "--api-key", "app-a"])
    assert "holds the keys" in capsys.readouterr().err


def test_a_key_is_hashed_for_a_settings_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("app-a\n"))
    assert main(["--hash-key"]) == 0
    assert capsys.readouterr().out == f"{hashed('app-a')}\n"


def test_a_server_that_dies_at_its_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UvicornServer, "run", lambda *_: None)
    with pytest.raises(RuntimeError, match="ended while it started"), serve():
        pass
