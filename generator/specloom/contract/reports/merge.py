"""The reports of a run's shards, as `report.json` holds them, into that of the whole run.

Knows nothing of files.
"""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from .latency import joined_latency
from .merged_findings import merged_findings, nothing_succeeded
from .merged_matrix import merged_matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

Plain = dict[str, Any]

# What a shard's own place and number may differ in.
_OWN: Final = {"--shard", "--url", "--report"}


def disagreements(shards: Sequence[Plain]) -> Iterator[str]:
    """Why reports are not the shards of one run, each once."""
    first = shards[0]
    agreed: dict[str, Callable[[Plain], object]] = {
        "servers": lambda plain: urlsplit(plain["target"]).hostname,
        "seeds": lambda plain: plain["seed"],
        "profiles": lambda plain: plain["profile"],
        "numbers of shards": lambda plain: plain["shard"]["of"],
        "operations": lambda plain: [each["operation"] for each in plain["operations"]],
        "commands": lambda plain: _command(plain["replay"]),
    }
    for name, get in agreed.items():
        if any(get(plain) != get(first) for plain in shards):
            yield f"they have different {name}"
            return
    count = first["shard"]["of"]
    numbers = Counter(plain["shard"]["number"] for plain in shards)
    for number in range(1, count + 1):
        if numbers[number] != 1:
            yield f"shard {number}/{count} is {'missing' if not numbers[number] else 'there twice'}"


def is_futile(operations: Iterable[Plain]) -> bool:
    """Whether nothing that takes a key, or nothing at all where none does, ever succeeded.

    They are entries of `operations` in `report.json`.
    """
    asked = [entry for entry in operations if any(entry["cases"].values())]
    keyed = [entry for entry in asked if entry["keyed"]]
    return bool(asked) and not any(entry["succeeded"] for entry in keyed or asked)


def merge(shards: Sequence[Plain], folder: Path | None = None) -> Plain:
    """The report of the whole run, for a folder; `seconds` are of the shard that took longest."""
    shards = sorted(shards, key=lambda plain: plain["shard"]["number"])
    first, replay = shards[0], _whole(shards[0]["replay"], folder)
    operations = [_operation(entries) for entries in _side_by_side(shards, "operations")]
    names = [entry["operation"] for entry in operations]
    findings = merged_findings(shards, replay)
    cells = merged_matrix(shards)
    if is_futile(operations):
        finding, cell = nothing_succeeded(findings, replay)
        findings.insert(0, finding)
        cells.append(cell)
    return {
        **first,
        "shard": {"number": 1, "of": 1},
        "cases": sum(plain["cases"] for plain in shards),
        "seconds": max(plain["seconds"] for plain in shards),
        "replay": replay,
        "operations": operations,
        "own_checks": first["own_checks"],
        "findings": findings,
        "matrix": cells,
        "statuses": {
            name: _statuses(plain["statuses"][name] for plain in shards) for name in names
        },
        "latency": {
            name: joined_latency(plain["latency"][name] for plain in shards) for name in names
        },
        "skipped": _in_any(shards, "skipped"),
        "unused_expectations": _in_all(shards, "unused_expectations"),
        "unused_known_faults": _in_all(shards, "unused_known_faults"),
    }


def _whole(replay: str, folder: Path | None) -> str:
    """The command of a shard as that of all, which leaves its report in the folder."""
    report = ["--report", str(folder)] if folder else []
    return shlex.join(["specloom", *_command(replay, {"--shard", "--report"}), *report])


def _command(replay: str, leaving_out: set[str] = _OWN) -> list[str]:
    """The words of a command without the program's name and some options, each with its value."""
    words = shlex.split(replay)[1:]
    options = {at for at, word in enumerate(words) if word in leaving_out}
    return [word for at, word in enumerate(words) if at not in options and at - 1 not in options]


def _side_by_side(shards: Sequence[Plain], name: str) -> Iterator[tuple[Plain, ...]]:
    return zip(*(plain[name] for plain in shards), strict=True)


def _operation(entries: Sequence[Plain]) -> Plain:
    phases = dict.fromkeys(phase for entry in entries for phase in entry["cases"])
    return {
        **entries[0],
        "cases": {
            phase: sum(entry["cases"].get(phase, 0) for entry in entries) for phase in phases
        },
        "succeeded": any(entry["succeeded"] for entry in entries),
    }


def _statuses(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return dict(sorted(total.items()))


def _in_any(shards: Sequence[Plain], name: str) -> list[Any]:
    found: list[Any] = []
    for entry in (entry for plain in shards for entry in plain[name]):
        if entry not in found:
            found.append(entry)
    return found


def _in_all(shards: Sequence[Plain], name: str) -> list[Any]:
    """The entries that every shard has: what one of them needed was needed."""
    first, *others = (plain[name] for plain in shards)
    return [entry for entry in first if all(entry in other for other in others)]
