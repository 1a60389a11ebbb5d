"""The command `completion-server`: it says where it serves, keeps its data, and stops when told."""

import io
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request

import completion_server
from completion_server import serving
from completion_server.cli import main
from completion_server.operations import files
from completion_server.settings import hashed
from completion_server.storage import StoredFile

COMMAND = (sys.executable, "-c", "from completion_server.cli import main; raise SystemExit(main())")
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
def running(*options: str, stop: int = signal.SIGINT) -> Iterator[tuple[list[str], httpx2.Client]]:
    """Run the command on a free port; gives a client with the key `app-mine`.

    The list has the lines of its log after the block.
    """
    log: list[str] = []
    # Unbuffered output would hide a line that is never flushed.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    environment["PYTHONPATH"] = str(Path(completion_server.__file__).parents[1])
    environment["COMPLETION_SERVER_API_KEY"] = KEY
    command = (*COMMAND, "--port", "0", *options)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as process:  # noqa: S603
        deadline = threading.Timer(30, process.kill)
        deadline.start()
        assert process.stdout is not None
        match = re.fullmatch(r"serving (http://127\.0\.0\.1:\d+/v1)\n", process.stdout.readline())
        assert match
        with httpx2.Client(base_url=match[1], headers={"Authorization": f"Bearer {KEY}"}) as client:
            yield log, client
        process.send_signal(stop)
        assert process.wait(timeout=10) == 0
        assert process.stdout.read() == ""
        assert process.stderr is not None
        log += process.stderr.read().splitlines()
        deadline.cancel()


def complete(client: httpx2.Client, query: str = "Hello", user: str = "u") -> str:
    """Ask for a completion; gives the id of its message."""
    answer = client.post("/completion-messages", json={"inputs": {"query": query}, "user": user})
    return str(answer.json()["message_id"])


def test_it_serves_until_interrupted_and_logs_each_request_without_the_key() -> None:
    with running("--ephemeral") as (log, client):
        assert client.get("/info?user=secret").status_code == 200
    (line,) = log
    told = json.loads(line)
    assert (told["event"], told["path"], told["status"]) == ("request", "/v1/info", 200)
    assert (told["operation"], told["app"]) == ("getAppInfo", "My App")
    assert KEY not in line
    assert "secret" not in line


def test_an_ephemeral_server_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with running("--ephemeral", stop=signal.SIGTERM) as (_, client):
        complete(client)
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_health_needs_no_key() -> None:
    with running("--ephemeral") as (_, client):
        address = str(client.base_url).replace("/v1/", "/healthz")
        answer = httpx2.get(address)
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["compatibility"] == "1.14.2"


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
        rating = {"rating": None, "user": "u"}
        assert client.post(f"/messages/{message_id}/feedbacks", json=rating).status_code == 200


@pytest.mark.slow
def test_any_worker_stops_a_stream_of_any_other() -> None:
    body = {
        "inputs": {"query": "[[slow:20:1]]"},
        "user": "u",
        "response_mode": "streaming",
    }
    with running("--ephemeral", "--workers", "2") as (_, client):
        for _ in range(4):
            began = time.monotonic()
            with client.stream("POST", "/completion-messages", json=body) as response:
                lines = (line for line in response.iter_lines() if line.startswith("data: "))
                task_id = json.loads(next(lines).removeprefix("data: "))["task_id"]
                # A connection of its own: the kernel gives it to either worker.
                with httpx2.Client(base_url=client.base_url, headers=client.headers) as another:
                    another.post(f"/completion-messages/{task_id}/stop", json={"user": "u"})
                *_, last = lines
            assert '"event":"message_end"' in last
            assert time.monotonic() - began < 5


def test_a_fault_is_switched_on_by_name_and_by_header() -> None:
    fault = "error-provider_quota_exceeded"
    with running("--ephemeral", "--fault", fault, "--faults-by-header") as (_, client):
        body = {"inputs": {"query": "Hello"}, "user": "u"}
        answer = client.post("/completion-messages", json=body)
        assert answer.json()["code"] == "provider_quota_exceeded"
        asked = client.get("/info", headers={"X-Fault": "no-such-fault"})
        assert (asked.status_code, asked.json()["code"]) == (400, "unknown_fault")


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


def test_good_settings_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "apps.toml"
    file.write_text('[[apps]]\nname = "A"\nkeys = ["app-a"]\n')
    assert main([str(file), "--check"]) == 0
    assert capsys.readouterr().out == "1 apps\n"


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
    monkeypatch.setattr(serving._Server, "run", lambda *_: None)
    with pytest.raises(RuntimeError, match="ended while it started"), serving.serve():
        pass


def test_an_address_of_ipv6_has_brackets() -> None:
    scope = {"type": "http", "server": ("::1", 8765)}
    file = StoredFile("f", "app", "user", "a.png", "png", "image/png", 1, 1)
    assert files._source_url(file, Request(scope)).startswith("http://[::1]:8765/files/f/")
