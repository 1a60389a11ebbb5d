"""Options into the command that makes the same run again, keys left out.

Knows nothing of how a command is read.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .options import Options


def invocation(directory: Path, options: Options) -> str:
    """The command, for a shell."""
    return shlex.join(["specloom", "contract", str(directory), *_words(options)])


def recordings_invocation(
    directory: Path, options: Options, paths: Sequence[Path], version: str | None
) -> str:
    """The command that looks at the same recordings again, for a shell."""
    files = [word for path in paths for word in ("--recordings", str(path))]
    given = ["--version", version] if version is not None else []
    report = ["--report", str(options.report)]
    return shlex.join(["specloom", "contract", str(directory), *files, *given, *report])


def _words(options: Options) -> Iterator[str]:
    if options.url:
        yield from ("--url", options.url)
    yield from ("--seed", str(options.seed), "--profile", options.profile.name)
    if options.max_time:
        yield from ("--max-time", str(options.max_time))
    for name in options.only:
        yield from ("--only", name)
    for name in options.skip:
        yield from ("--skip", name)
    if options.read_only:
        yield "--read-only"
    if options.shard != (1, 1):
        yield from ("--shard", "/".join(map(str, options.shard)))
    if options.rate:
        yield from ("--rate", options.rate)
    if options.max_response_time:
        yield from ("--max-response-time", f"{options.max_response_time:g}")
    yield from ("--timeout", f"{options.timeout:g}", "--report", str(options.report))
