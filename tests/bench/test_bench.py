"""The measurements run, at a size that measures nothing, and give figures of the agreed shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.bench import run
from tests.bench.measure import Figure, LeftOut, Scale, compare

if TYPE_CHECKING:
    from pathlib import Path

TINY = Scale(
    rounds=1,
    requests=1,
    events=20,
    feedback_items=1,
    stream_rounds=1,
    process_rounds=1,
    memory_rounds=1,
    memory_events=20,
    upload=2 * 1024**2,
)


@pytest.mark.slow
def test_every_measurement_is_written_with_its_target(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "build/bench.json"
    run.report(run.figures(TINY), path)
    rows = json.loads(path.read_text())
    printed = capsys.readouterr().out
    assert len({row["name"] for row in rows}) == len(rows) >= 8
    for row in rows:
        assert [*row] == ["name", "ratio", "target", "n", "spread"]
        assert row["ratio"] > 0
        assert row["target"] > 0
        assert row["n"] == 1
        assert row["spread"] == 0
        assert row["name"] in printed


def test_what_is_left_out_is_said_and_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run.report([LeftOut("peer", "it is not installed")], tmp_path / "bench.json")
    assert json.loads((tmp_path / "bench.json").read_text()) == []
    assert "left out: peer, since it is not installed" in capsys.readouterr().out


def test_a_ratio_is_the_median_of_interleaved_rounds() -> None:
    order: list[str] = []
    # The first cost is of the round for nothing.
    costs = iter([99.0, 2.0, 3.0, 40.0])

    def measured() -> float:
        order.append("measured")
        return next(costs)

    def yardstick() -> float:
        order.append("yardstick")
        return 2.0

    # The ratios are 1, 1.5 and 20; their quartiles 1.25 and 10.75.
    expected = Figure("name", 1.5, 1.1, 3, 9.5, 3.0, 2.0, "MB")
    assert expected == compare("name", 1.1, measured, yardstick, rounds=3, unit="MB")
    in_order = ["measured", "yardstick"]
    assert in_order + in_order + in_order[::-1] + in_order == order
