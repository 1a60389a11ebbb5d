"""Run by itself: runs a command, and writes what it cost into a file.

A process begins with the memory of the one that starts it, as far as its peak is counted; this one
has little.
"""

import os
import sys

if __name__ == "__main__":
    _target, *_command = sys.argv[1:]
    _process = os.posix_spawn(_command[0], _command, os.environ)
    _process, _status, _usage = os.wait4(_process, 0)
    with open(_target, "w") as _file:  # noqa: PTH123 (pathlib is large)
        _file.write(f"{_usage.ru_utime + _usage.ru_stime} {_usage.ru_maxrss / 1024}")
    sys.exit(min(abs(os.waitstatus_to_exitcode(_status)), 255))
