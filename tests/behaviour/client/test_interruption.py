"""Ctrl-C in the middle of a stream, in a program of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.behaviour.client.answers import INFO, STREAM, message
from tests.behaviour.client.fault_server import FaultServer, replies, stalls

PROGRAM = Path(__file__).with_name("interrupted.py")


def test_an_interrupted_stream_is_released(flavour: str) -> None:
    """The same client, with one connection at most, makes another call afterwards."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with (
        FaultServer(stalls(STREAM + message("a")), replies(INFO)) as server,
        subprocess.Popen(  # noqa: S603 (a program of ours)
            [sys.executable, "-W", "error", PROGRAM, flavour, server.base_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        ) as program,
    ):
        try:
            assert program.stdout
            assert program.stdout.readline() == "event\n"
            program.send_signal(signal.SIGINT)
            output, errors = program.communicate(timeout=10)
        finally:
            program.kill()
        assert server.all_left()
    assert (output, errors, program.returncode) == ("interrupted\nApp\n", "", 0)
