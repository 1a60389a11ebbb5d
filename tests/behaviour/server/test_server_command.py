"""The command `completion-server`: it says where it serves, and stops when told."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request

import completion_server
from completion_server import files, serving
from completion_server.cli import main
from completion_server.store import Feedback, Message, Store, StoredFile

COMMAND = (sys.executable, "-c", "from completion_server.cli import main; raise SystemExit(main())")


def test_it_serves_on_a_free_port_until_interrupted() -> None:
    # Unbuffered output would hide a line that is never flushed.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    environment["PYTHONPATH"] = str(Path(completion_server.__file__).parents[1])
    command = (*COMMAND, "--port", "0", "--api-key", "app-mine")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603
        assert process.stdout is not None
        deadline = threading.Timer(20, process.kill)
        deadline.start()
        line = process.stdout.readline()
        match = re.fullmatch(r"serving (http://127\.0\.0\.1:\d+/v1)\n", line)
        assert match
        headers = {"Authorization": "Bearer app-mine"}
        assert httpx2.get(f"{match[1]}/info", headers=headers).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == 0
        assert process.stdout.read() == ""
        deadline.cancel()


def test_a_taken_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    assert "in use" in capsys.readouterr().err


def test_help_names_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(option in shown for option in ("--host", "--port", "--api-key"))


def test_what_is_kept_is_bounded() -> None:
    store = Store(limit=2)
    store.add_message(Message("other", "other app", "user", "conversation"))
    for name in "abc":
        store.add_message(Message(name, "app", "user", "conversation"))
        store.add_file(StoredFile(name, "app", "user", "n.png", "png", "image/png", 1))
    assert [name for name in "abc" if store.message(name, "app", "user")] == ["b", "c"]
    assert [name for name in "abc" if store.file(name, "app", "user")] == ["b", "c"]
    assert store.message("other", "other app", "user") is not None


def test_long_texts_are_kept_until_others_need_their_place() -> None:
    store = Store(longest_text=10)
    for name in "abc":
        store.add_message(Message(name, "app", "user", "conversation"))
    store.set_answer("b", "12345")
    message = store.message("c", "app", "user")
    assert message is not None
    store.put_feedback(Feedback("f", message, "like", "1234", "now", "now"))
    assert [name for name in "abc" if store.message(name, "app", "user")] == ["a", "b", "c"]
    store.set_answer("c", "12")
    assert [name for name in "abc" if store.message(name, "app", "user")] == ["c"]
    assert [found.id for found in store.feedbacks("app")] == ["f"]


def test_a_server_that_dies_at_its_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving._Server, "run", lambda *_: None)
    with pytest.raises(RuntimeError, match="ended while it started"), serving.serve():
        pass


def test_an_address_of_ipv6_has_brackets() -> None:
    scope = {"type": "http", "server": ("::1", 8765)}
    assert files._source_url("f", 1, Request(scope)).startswith("http://[::1]:8765/files/f/")
