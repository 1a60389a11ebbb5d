"""Replays recordings against a completion server: `python -m tests.replay.run [FILE...]`.

Prints what came of it and writes `build/replay.json`. Exits with 0 if each file has at least 95 %
of its answers the same, with 1 if one has not, with 2 if a file or the server is no good.
"""

from __future__ import annotations

import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.replay.recording import VERSIONS, BadRecordingError, Recording, read_recording
from tests.replay.replay import replay
from tests.replay.report import Replayed, as_json, as_text
from tests.replay.server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
RECORDINGS = [Path(f"tests/recordings/recordings-{version}.jsonl") for version in VERSIONS]
REPORT = ROOT / "build/replay.json"


def replay_all(recordings: Sequence[Recording]) -> list[Replayed]:
    """Replay each against a server of its own, all at once; raises as `serve_settings` does."""
    # The servers end first, so that after an interruption no replay waits for one.
    with ThreadPoolExecutor(len(recordings)) as pool, ExitStack() as servers:
        running = [servers.enter_context(serving(each.version)) for each in recordings]
        return list(pool.map(_replay_one, recordings, running))


def _replay_one(recording: Recording, server: Server) -> Replayed:
    return Replayed(recording, list(replay(recording, server)))


def main(paths: Sequence[Path]) -> int:
    """Replay the files and give the exit status."""
    try:
        replays = replay_all([read_recording(path) for path in paths])
    except (BadRecordingError, OSError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(as_json(replays), encoding="utf-8")
    sys.stdout.writelines(f"{line}\n" for line in as_text(replays))
    return 0 if all(each.passed for each in replays) else 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main([Path(name) for name in sys.argv[1:]] or RECORDINGS))
