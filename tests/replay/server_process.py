"""The command `completion-server`, ended when its standard input is closed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

from completion_server.cli import main

PATIENCE = 10.0


def _end_with_input() -> None:
    # Below sys.stdin, whose lock would be held when the interpreter ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_input, daemon=True).start()
    sys.exit(main(sys.argv[1:]))
