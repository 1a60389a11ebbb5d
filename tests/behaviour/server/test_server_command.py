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

import completion_server
from completion_server.cli import main
from completion_server.store import Message, Store

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
    for name in "abc":
        store.add_message(Message(name, "app", "user", "conversation"))
    kept = [name for name in "abc" if store.message(name, "app", "user")]
    assert kept == ["b", "c"]
