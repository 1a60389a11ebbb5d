"""`python -m tests.contract.mutants.run`: every faulty server, and the check that catches it.

Prints the table and writes `build/mutants.json`; exits with 1 if fewer are caught than promised,
or the sound server is not clean.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from completion_server.faults.catalogue import SUBJECTS
from tests.contract.mutants.expected import EXPECTED, MISSED, SAMPLE, SEEDS, SOUND_SEEDS
from tests.contract.mutants.hunt import ROOT, Hunt, hunt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROCESSES = 2
PROMISED = 0.97


@dataclass(frozen=True)
class Expected:
    """A check by name, as what ends a hunt."""

    check: str | None

    def __call__(self, failure: Any) -> bool:
        return self.check is None or failure.check == self.check


def main() -> int:
    """Hunt all, or those that are named."""
    arguments = _arguments()
    faults = arguments.fault or [*EXPECTED, *MISSED]
    jobs = [(fault, seed) for fault in faults for seed in _seeds(fault, arguments)]
    found: dict[str, list[Hunt]] = {}
    with _pool() as pool:
        futures = [
            pool.submit(hunt, fault, seed, arguments.profile, Expected(EXPECTED.get(fault)))
            for fault, seed in jobs
        ]
        for future in as_completed(futures):
            result = future.result()
            found.setdefault(result.fault, []).append(result)
            _tell(result)
        alarms = [] if arguments.fault else list(_alarms(pool, arguments.profile))
    rows = list(_rows(found))
    _write(rows)
    return _verdict(rows, alarms)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", default="default")
    parser.add_argument("--fault", action="append", help="only this one; repeatable")
    parser.add_argument("--one-seed", action="store_true", help="no seeds but the first")
    return parser.parse_args()


def _seeds(fault: str, arguments: argparse.Namespace) -> tuple[int, ...]:
    return SEEDS if fault in SAMPLE and not arguments.one_seed else SEEDS[:1]


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn"))


def _tell(result: Hunt) -> None:
    caught = _caught(result)
    line = f"{result.fault:34} seed {result.seed} {result.seconds:6.1f} s  {caught or 'MISSED'}"
    if result.fault in MISSED and not caught:
        line += f": {MISSED[result.fault]}"
    elif not caught and result.checks:
        line += f" (but {', '.join(result.checks)})"
    print(line, flush=True)  # noqa: T201


def _caught(result: Hunt) -> str | None:
    expected = EXPECTED.get(result.fault)
    if expected is None:
        return next(iter(result.checks), None)
    return expected if expected in result.checks else None


def _rows(found: dict[str, list[Hunt]]) -> Iterator[dict[str, Any]]:
    classes = {fault.name: name for name, faults in SUBJECTS.items() for fault in faults}
    for fault in (fault for fault in classes if fault in found):
        hunts = sorted(found[fault], key=lambda one: one.seed)
        caught = [one.seed for one in hunts if _caught(one)]
        yield {
            "fault": fault,
            "class": classes[fault],
            "caught_by": _caught(hunts[0]),
            "seeds": {"caught": caught, "tried": [one.seed for one in hunts]},
        }


def _write(rows: Iterable[dict[str, Any]]) -> None:
    path = ROOT / "build" / "mutants.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(list(rows), indent=2) + "\n", encoding="utf-8")


def _alarms(pool: ProcessPoolExecutor, profile: str) -> Iterator[str]:
    """What the suite says against a sound server."""
    jobs = [pool.submit(hunt, None, seed, profile) for seed in SOUND_SEEDS]
    for job in jobs:
        result = job.result()
        print(f"sound, seed {result.seed}: {len(result.said)} false alarms", flush=True)  # noqa: T201
        yield from result.said


def _verdict(rows: list[dict[str, Any]], alarms: list[str]) -> int:
    missed = [row["fault"] for row in rows if row["seeds"]["caught"] != row["seeds"]["tried"]]
    share = 1 - len(missed) / len(rows)
    print(f"{len(rows) - len(missed)} of {len(rows)} caught ({share:.1%})", *missed)  # noqa: T201
    for alarm in alarms:
        print(f"false alarm: {alarm}")  # noqa: T201
    return int(share < PROMISED or bool(alarms))


if __name__ == "__main__":
    sys.exit(main())
