"""The peak memory of a process with much to read or to send: beside one with little."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Figure, LeftOut, Row, Scale, Work, compare
from tests.bench.process import output_of, python
from tests.bench.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUS = Path("/proc/self/status")
_MIB = 1024**2
_GIB = 1024**3
_LITTLE_EVENTS = 1_000

# `ru_maxrss` would begin with the memory of the process that started this one.
_PEAK = """
import re
from pathlib import Path

print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""

_STREAM = (
    """
import sys
from dify_completion import DifyCompletion

with (
    DifyCompletion(api_key="key", base_url=sys.argv[1]) as client,
    client.completion.stream_completion_message(inputs={}, user="u") as events,
):
    for _ in events:
        pass
"""
    + _PEAK
)

_UPLOAD = (
    """
import sys
from pathlib import Path
from dify_completion import DifyCompletion

with DifyCompletion(api_key="key", base_url=sys.argv[1]) as client:
    client.files.upload_file(file=Path(sys.argv[2]), user="u")
"""
    + _PEAK
)


def figures(scale: Scale) -> Iterator[Figure | LeftOut]:
    if not _STATUS.exists():
        yield LeftOut("memory", f"there is no {_STATUS} to read a process's peak from")
        return
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        yield _stream(url, scale)
        yield _upload(url, Path(folder), scale)


def _stream(url: str, scale: Scale) -> Figure:
    name = f"memory of a stream of {scale.memory_events:,} events"
    row = Row(name, f"of {_LITTLE_EVENTS:,}", 1.1)
    much, little = (f"{url}/large/{count}" for count in (scale.memory_events, _LITTLE_EVENTS))
    works = _peak_of(_STREAM, much), _peak_of(_STREAM, little)
    return compare(row, *works, rounds=scale.memory_rounds, unit="MB")


def _upload(url: str, folder: Path, scale: Scale) -> Figure:
    row = Row(f"memory of a {scale.upload / _GIB:g} GiB upload", "of 1 MiB", 1.2)
    much, little = (_file(folder, size) for size in (scale.upload, _MIB))
    works = _peak_of(_UPLOAD, url, much), _peak_of(_UPLOAD, url, little)
    return compare(row, *works, rounds=scale.memory_rounds, unit="MB")


def _file(folder: Path, size: int) -> str:
    """Make a file that is all hole: it takes no room on the disk."""
    path = folder / f"{size}.bin"
    with path.open("wb") as file:
        file.truncate(size)
    return str(path)


def _peak_of(program: str, *arguments: str) -> Work:
    def peak() -> Iterator[float]:
        yield int(output_of(python(program, *arguments))) / 1024

    return peak
