"""The report tells each exchange, and the figures by file."""

from __future__ import annotations

import json
from pathlib import Path

from tests.replay.recording import Recording
from tests.replay.replay import Result
from tests.replay.report import Replayed, as_json, as_text

RESULTS = (
    Result("a", same=True),
    Result("b", same=True, reason="real fault", real_fault=True),
    Result("c", same=False, reason="no ping"),
    Result("d", same=True, reason="its file made first"),
)
REPLAYED = Replayed(Recording(Path("r.jsonl"), "1.4.1", ()), RESULTS)


def test_one_file_gives_name_same_and_reason() -> None:
    expected = [
        {"name": "a", "same": True, "reason": ""},
        {"name": "b", "same": True, "reason": "real fault"},
        {"name": "c", "same": False, "reason": "no ping"},
        {"name": "d", "same": True, "reason": "its file made first"},
    ]
    assert expected == json.loads(as_json([REPLAYED]))


def test_several_files_are_told_apart() -> None:
    rows = json.loads(as_json([REPLAYED, REPLAYED]))
    assert len(rows) == 2 * len(RESULTS)
    assert {"version": "1.4.1", "file": "r.jsonl"}.items() <= rows[0].items()


def test_figures_come_first_then_faults_and_differences() -> None:
    text = "\n".join(as_text([REPLAYED]))
    assert text.splitlines()[1].split() == ["1.4.1", "4", "3", "1", "75.0%", "r.jsonl"]
    assert "Real faults, answered as they should be (1):\n  1.4.1   b: real fault" in text
    assert "Same, after what was missing (1):\n  1.4.1   d: its file" in text
    assert "Different (1):\n  1.4.1   c: no ping" in text


def test_it_takes_95_of_100_to_pass() -> None:
    def of(same: int) -> Replayed:
        results = [Result("n", same=index < same) for index in range(100)]
        return Replayed(REPLAYED.recording, results)

    assert of(95).passed
    assert not of(94).passed
