"""A JSON value into the Python text of it, laid out as the formatter would lay it out."""

from __future__ import annotations

from typing import Any, Final

_WIDTH: Final = 88


def literal(value: Any, column: int = 0) -> str:
    """The text of a value that starts in a column: on one line, or an item to a line."""
    flat = _flat(value)
    if column + len(flat) <= _WIDTH or not value or not isinstance(value, dict | list):
        return flat
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    inner = column + 4
    labelled = (
        [(f"{quoted(key)}: ", item) for key, item in value.items()]
        if isinstance(value, dict)
        else [("", item) for item in value]
    )
    lines = [f"{' ' * inner}{label}{literal(item, inner)}," for label, item in labelled]
    return "\n".join([opening, *lines, " " * column + closing])


def quoted(text: str) -> str:
    """A text as a Python string, in double quotes unless it has some."""
    plain = repr(text)
    return plain if '"' in plain or "\\'" in plain else f'"{plain[1:-1]}"'


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{quoted(key)}: {_flat(item)}' for key, item in value.items())}}}"
    return f"[{', '.join(map(_flat, value))}]" if isinstance(value, list) else repr(value)
