"""Files of recordings into exchanges: HAR 1.2, or lines of JSON in a form of our own.

Knows nothing of documents.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.contract.exchanges.exchange import Exchange
from specloom.diagnostics import Collector, Location, Rule, Severity
from specloom.document.source import JsonSource, ParseError

from .har import BadHarError, read_har
from .recorded_line import BadLineError, read_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BAD_RECORDING = Rule(
    "CON001",
    "bad-recording",
    "a recording can't be read",
    "A `.har` file must be HAR 1.2; each line of any other a recorded exchange, as the README "
    "describes it.",
    exit_status=2,
)
INCOMPLETE = Rule(
    "CON002",
    "incomplete-recording",
    "a recorded exchange lacks its answer, or what was in it",
    "Nothing is said of such an answer. Browsers leave bodies out, and some programs save bytes "
    "as text; record again with bodies, in Base64.",
    severity=Severity.INFO,
)
RULES = (BAD_RECORDING, INCOMPLETE)

_VERSION: Final = re.compile(r"-(\d+(\.\d+)+)$")


def read_recordings(path: Path, version: str | None, collector: Collector) -> list[Exchange]:
    """The exchanges of a file. Raises HaltedError with the place if it can't be read.

    The server's version is what its answer says in X-Version; else the one given; else that at
    the end of the file's name, as in `recordings-1.4.1.jsonl`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        collector.halt(BAD_RECORDING, f"can't be read: {reason}", Location(str(path)))
    read = _read_har if path.suffix.lower() == ".har" else _read_lines
    named = _VERSION.search(path.stem)
    usual = version or (named[1] if named else "")
    return [
        replace(exchange, version=exchange.response.headers.get("x-version", usual))
        for exchange in read(str(path), text, collector)
    ]


def _read_lines(file: str, text: str, collector: Collector) -> Iterator[Exchange]:
    # JSON may hold U+2028, so only line feeds end lines.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _read_line(line, Location(file, number), collector)


def _read_line(line: str, place: Location, collector: Collector) -> Exchange:
    try:
        return read_line(line, place)
    except ParseError as error:
        collector.halt(BAD_RECORDING, str(error), replace(place, column=error.column))
    except BadLineError as error:
        collector.halt(BAD_RECORDING, f"not a recorded exchange: {error}", place)


def _read_har(file: str, text: str, collector: Collector) -> Iterator[Exchange]:
    source = JsonSource(file, text)
    try:
        for entry in read_har(source.parse()):
            place = _place(source, entry.pointer)
            name = f"entry {entry.pointer.rpartition('/')[2]}"
            if entry.missing:
                collector.add(INCOMPLETE, f"{name}: {entry.missing}", place)
            else:
                yield Exchange(
                    name, "", entry.request, entry.response, place, seconds=entry.seconds
                )
    except ParseError as error:
        collector.halt(BAD_RECORDING, str(error), Location(file, error.line, error.column))
    except BadHarError as error:
        collector.halt(BAD_RECORDING, f"not HAR 1.2: {error}", _place(source, error.pointer))


def _place(source: JsonSource, pointer: str) -> Location:
    return Location(source.file, *source.position(pointer), pointer)
