"""The measurements run, at a size that measures nothing, and give figures of the agreed shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.bench import run
from tests.bench.measure import Figure, LeftOut, Row, Scale, Work, compare, cpu_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TINY = Scale(
    rounds=1,
    requests=10,
    events=20,
    feedback_items=1,
    stream_rounds=1,
    process_rounds=1,
    command_rounds=1,
    document_rounds=0,
    memory_rounds=1,
    memory_events=20,
    upload=2 * 1024**2,
    contract_profile="quick",
)


_ROW = Row("name", "beside", 1.1)


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


def test_works_go_on_by_turns_and_every_other_round_the_other_is_first() -> None:
    order: list[str] = []

    def work(name: str) -> Work:
        def steps() -> Iterator[float]:
            for _ in range(2):
                order.append(name)
                yield 1.0

        return steps

    compare(_ROW, work("a"), work("b"), rounds=2)
    # The first round is the one for nothing.
    assert "abab abab baba".replace(" ", "") == "".join(order)


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    # The first round is the one for nothing.
    rounds = iter([[99.0], [1.0, 1.0], [2.0, 1.0], [40.0]])

    # The ratios are 1, 1.5 and 20; their quartiles 1.25 and 10.75.
    expected = Figure(_ROW, 1.5, 3, 9.5, 3.0, 2.0, "MB")
    measured, yardstick = lambda: iter(next(rounds)), lambda: iter([2.0])
    assert expected == compare(_ROW, measured, yardstick, rounds=3, unit="MB")


def test_the_cost_of_a_work_is_told_step_by_step_to_its_end() -> None:
    """What comes after the last step, such as the end of a stream, costs too."""
    done: list[int] = []

    def steps() -> Iterator[None]:
        yield
        done.append(sum(range(1_000_000)))

    first, last = cpu_of(steps)()
    assert done
    assert 0 <= first < last
