"""Diagnostics into lines for people, coloured on a terminal, and a last line that counts them.

Knows nothing of what found them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, TextIO

from specloom.diagnostics import Diagnostic, Severity
from specloom.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_STYLES: Final = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
    Severity.HINT: "green",
}

Segment = tuple[str, str]
"""A piece of text and its style, in rich's words; none if empty."""


def write(diagnostics: Sequence[Diagnostic], stream: TextIO) -> None:
    """Write the findings and their counts; with colours if the stream is a terminal."""
    lines = [*_lines(diagnostics), [(counts(diagnostics), "bold")]]
    if stream.isatty():
        _write_coloured(lines, stream)
    else:
        stream.writelines("".join(text for text, _ in line) + "\n" for line in lines)


def counts(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings there are of each severity, gravest first: `1 error, 2 warnings`."""
    number = Counter(found.severity for found in diagnostics)
    parts = [_count(number[severity], severity.value) for severity in Severity if number[severity]]
    return ", ".join(parts) or "no findings"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 or noun == "info" else f"{number} {noun}s"


def _lines(diagnostics: Iterable[Diagnostic]) -> Iterator[list[Segment]]:
    for found in diagnostics:
        mark = f"{found.severity}[{found.rule.code}]"
        yield [
            (f"{_one_line(str(found.location))} ", ""),
            (mark, _STYLES[found.severity]),
            (f" {_one_line(found.message)}", ""),
        ]
        if found.location.pointer:
            yield [(f"  at {_one_line(found.location.pointer)}", "dim")]
        if found.hint:
            yield [(f"  hint: {_one_line(found.hint)}", "")]


def _one_line(text: str) -> str:
    return " ".join(printable(text).splitlines())


def _write_coloured(lines: Iterable[list[Segment]], stream: TextIO) -> None:
    # rich costs a tenth of a second, and only a terminal needs it.
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=stream, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*line))
