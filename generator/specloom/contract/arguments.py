"""What `specloom contract` can be called with, and what is wrong with how it was.

Knows nothing of what is then done.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from specloom.contract.transport.rate import seconds_between

SEED: Final = 1
TIMEOUT: Final = 30.0
REPORT_FOLDER: Final = Path("build/contract")


class Depth(StrEnum):
    """The names of the profiles."""

    QUICK = "quick"
    DEFAULT = "default"
    DEEP = "deep"


class Form(StrEnum):
    """How the report is written to the terminal."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


Folder = Annotated[
    Path, typer.Argument(metavar="[DIR]", help="The folder that holds specloom.toml.")
]
Url = Annotated[
    str | None,
    typer.Option(help="Base URL of the server; left out, `[contract] serve` is started."),
]
Key = Annotated[
    str | None,
    typer.Option(envvar="SPECLOOM_API_KEY", help="Key to the server; never shown or kept."),
]
OtherKey = Annotated[
    str | None,
    typer.Option(
        envvar="SPECLOOM_OTHER_API_KEY",
        help="Key of another app or account, to see that each keeps to its own.",
    ),
]
Seed = Annotated[
    int, typer.Option(min=0, help="The same seed makes the same requests, with one worker.")
]
DepthOption = Annotated[Depth, typer.Option("--profile", help="How much is tried.")]
MaxTime = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="SECONDS", help="With `deep`: try new requests until the time is up."
    ),
]
Rate = Annotated[
    str | None,
    typer.Option(metavar="N/s", help="At most so many requests a second; m, h and d go too."),
]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Operations tested at a time.")]
Only = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="An operationId, a tag or `GET /path*`; repeatable. What leads to them may be asked "
        "first, unless it is skipped.",
    ),
]
Skip = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="The same, to be left out; repeatable.")
]
ReadOnly = Annotated[bool, typer.Option("--read-only", help="Send nothing but safe methods.")]
MaxResponseTime = Annotated[
    float | None, typer.Option(min=0.001, metavar="SECONDS", help="An answer that takes longer is "
                               "a finding."),
]  # fmt: skip
Timeout = Annotated[
    float, typer.Option(min=0.1, metavar="SECONDS", help="An answer is waited for so long.")
]
ShardOption = Annotated[
    str, typer.Option("--shard", metavar="K/N", help="Do one of N parts, which take about as long.")
]
ReportFolder = Annotated[Path, typer.Option("--report", help="Folder for the reports.")]
FormOption = Annotated[Form, typer.Option("--format", help="How the report is written here.")]
Recordings = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Look at recorded exchanges, JSONL or HAR; repeatable."),
]
Version = Annotated[
    str | None,
    typer.Option(help="With `--recordings`: the server's version, where they don't say it."),
]
Replay = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Send the requests of a finding of the last report again."),
]


def read_shard(text: str) -> tuple[int, int]:
    """`2/5` as two numbers. Raises typer.BadParameter."""
    found = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", text)
    if found is None or int(found[1]) > int(found[2]):
        raise typer.BadParameter(f"{text!r} is no part of a whole, as 2/5 is", param_hint="--shard")
    return int(found[1]), int(found[2])


def check_rate(rate: str | None) -> None:
    """Raises typer.BadParameter if a rate is none."""
    try:
        _ = rate is None or seconds_between(rate)
    except ValueError as error:
        raise typer.BadParameter(f"{rate!r}: {error}", param_hint="--rate") from None


def check_max_time(max_time: int | None, profile: Depth) -> None:
    """Raises typer.BadParameter if there is a time for a profile that ends by itself."""
    if max_time is not None and profile is not Depth.DEEP:
        raise typer.BadParameter("only `--profile deep` goes on", param_hint="--max-time")


def check_source(
    url: str | None, recordings: list[Path] | None, version: str | None, replay: str | None
) -> None:
    """Raises typer.BadParameter if it is not clear what to look at."""
    if recordings and (url is not None or replay is not None):
        raise typer.BadParameter("recordings need no server", param_hint="--recordings")
    if version is not None and not recordings:
        raise typer.BadParameter("only recordings may lack it", param_hint="--version")
