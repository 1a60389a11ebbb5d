"""Turns a TOML file into settings, or into one diagnostic a line for all that is wrong with it."""

import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from completion_server.settings.fault_names import Known
from completion_server.settings.places import REPEATED, Place, dotted
from completion_server.settings.server import ServerSettings
from completion_server.settings.toml_lines import DEEPEST, lines_of_places
from completion_server.settings.toml_statements import (
    LONGEST_KEY,
    line_of_long_key,
    statements,
)
from completion_server.settings.wording import place_of, words_of

LARGEST = 128 * 1024
AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
SYNTAX = {
    "Cannot overwrite": "the key has a value already",
    "Duplicate inline": "the key has a value already",
    "Cannot declare": "the table is there already",
    "Cannot mutate": "an inline table or array takes no further keys",
    "Exceeds the limit": "the number has too many digits",
    "maximum recursion": "the value is nested too deep",
}
"""What is said instead of those of tomllib's messages that hold names or Python's words."""


class SettingsError(Exception):
    """What is wrong with a file of settings, one diagnostic a line, in the file's order.

    `apps.toml:12: apps[1].form[0].type: 'selct' is none of text, paragraph, select, number`
    """


def read_settings(path: Path, faults: Collection[str] | None = None) -> ServerSettings:
    """Read the settings of a server from a TOML file; raises a `SettingsError`.

    A fault must be one of `faults`, the names of all that there are, if they are given.
    """
    text = _text(path)
    content = _parsed(path, text)
    try:
        # Strict: TOML has types, so that a text is no number, and a number no switch.
        return ServerSettings.model_validate(
            _with_tuples(content), strict=True, context=Known(faults=faults)
        )
    except ValidationError as error:
        # Raised anew without a cause: what stands in the file must not come with it.
        diagnostics = _diagnostics(error.errors(include_url=False), content, text)
    raise SettingsError("\n".join(f"{path}:{diagnostic}" for diagnostic in diagnostics))


def _text(path: Path) -> str:
    """Read a file as UTF-8, whether it begins with a byte order mark or not."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no path of a file"
        raise SettingsError(f"{path}: can't be read: {reason}") from None
    if len(raw) > LARGEST:
        raise SettingsError(f"{path}: is larger than 128 KiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}:{line}: not UTF-8") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    long_key = line_of_long_key(text)
    if long_key:
        raise SettingsError(f"{path}:{long_key}: a key has more than {LONGEST_KEY} parts")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = str(error)
    said = AT_LINE.search(message)
    # Where the text ends within a value, the line where it begins says more than the last.
    line = int(said[1]) if said else [statement.line for statement in statements(text)][-1]
    raise SettingsError(f"{path}:{line}: not TOML: {_syntax(message)}")


def _with_tuples(value: Any, deepest: int = DEEPEST) -> Any:
    """Turn arrays into the tuples that strict reading asks for, as deep as settings lie."""
    if isinstance(value, dict) and deepest:
        return {key: _with_tuples(inner, deepest - 1) for key, inner in value.items()}
    if isinstance(value, list) and deepest:
        return tuple(_with_tuples(inner, deepest - 1) for inner in value)
    return value


def _syntax(message: str) -> str:
    for beginning, words in SYNTAX.items():
        if message.startswith(beginning):
            return words
    plain = AT_LINE.sub("", message).replace(" (at end of document)", ", but the file ends")
    return plain[0].lower() + plain[1:]


def _diagnostics(errors: list[ErrorDetails], content: Any, text: str) -> list[str]:
    lines = lines_of_places(text)
    said: dict[Place, str] = {}
    for error in filter(_is_true, errors):
        place = place_of(error, content)
        # Of the types that a value may have, pydantic names the widest last.
        said[place] = _words(error, place, lines)
    ordered = sorted((_line(lines, place), place) for place in said)
    return [f"{line}: {dotted(place)}: {said[place]}" for line, place in ordered]


def _is_true(error: ErrorDetails) -> bool:
    """Tell whether an error is more than an echo: a list of faulty elements is not too short."""
    return error["type"] != "too_short" or len(error["input"]) < error["ctx"]["min_length"]


def _words(error: ErrorDetails, place: Place, lines: dict[Place, int]) -> str:
    if error["type"] != REPEATED:
        return words_of(error, place)
    # The first one's place begins in the table that refused, as the error's does.
    within: Place = error["ctx"]["first"]
    first = place[: len(place) - len(within)] + within
    return f"the same as {dotted(first)} in line {_line(lines, first)}"


def _line(lines: dict[Place, int], place: Place) -> int:
    """Give the line of a place; a missing key's is that of its table."""
    while place not in lines:
        place = place[:-1]
    return lines[place]
