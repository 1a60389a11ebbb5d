"""How a parameter is written (OAS 3.2 §4.12.3, RFC 6570) into the texts in it, by its style alone.

What comes out is a text, a list of texts, or texts by name; which of them, the schema says.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias
from urllib.parse import unquote as _unquote
from urllib.parse import unquote_plus

Texts: TypeAlias = Any
"""A text, a list of them, or them by name; deeper where `deepObject` is."""
Pairs: TypeAlias = list[tuple[str, str]]
"""The parts of a query, their names and values as they were sent."""


class WrongStyleError(ValueError):
    """A text that its style doesn't write."""


def unquote(text: str) -> str:
    """Read percent-encoded UTF-8."""
    return _unquote(text, errors="strict")


def path_texts(text: str, name: str, style: str, kind: str, *, explode: bool) -> Texts:
    """Read what stands for a name in a path."""
    if style == "label":
        if not text.startswith("."):
            raise WrongStyleError("a label begins with a dot")
        return _listed(text[1:], "." if explode else ",", kind, unquote, explode=explode)
    if style == "matrix":
        return _matrix(text, name, kind, explode=explode)
    return _listed(text, ",", kind, unquote, explode=explode)


def header_texts(text: str, kind: str, *, explode: bool) -> Texts:
    """Read a header."""
    return _listed(text, ",", kind, str.strip, explode=explode)


def query_texts(  # noqa: PLR0913 (each by its name)
    pairs: Pairs, name: str, style: str, kind: str, *, explode: bool, inner: set[str] | None = None
) -> Texts | None:
    """Read a parameter of a query; None if it isn't there. `inner` are an object's own names."""
    if style == "deepObject":
        return _deep(pairs, name)
    if kind == "object" and explode:
        found = {unquote_plus(n): unquote_plus(v) for n, v in pairs}
        named = {n: v for n, v in found.items() if inner is None or n in inner}
        return named or None
    values = [value for key, value in pairs if unquote_plus(key) == name]
    if not values:
        return None
    if kind == "array" and explode:
        return [unquote_plus(value) for value in values]
    if len(values) > 1:
        raise WrongStyleError(f"{name} is there {len(values)} times")
    if kind == "text":
        return unquote_plus(values[0])
    split = {"spaceDelimited": r"%20|\+", "pipeDelimited": r"%7C|%7c|\|"}.get(style, ",")
    return _paired([unquote_plus(part) for part in re.split(split, values[0])], kind)


def _listed(text: str, separator: str, kind: str, read: Any, *, explode: bool) -> Texts:
    if kind == "text":
        return read(text)
    parts = text.split(separator)
    if kind == "array":
        return [read(part) for part in parts]
    if explode:
        return _named(parts, read)
    return _paired([read(part) for part in parts], kind)


def _named(parts: list[str], read: Any) -> dict[str, str]:
    if not all("=" in part for part in parts):
        raise WrongStyleError("an exploded object is name=value")
    split = [part.partition("=") for part in parts]
    return {read(name): read(value) for name, _, value in split}


def _paired(parts: list[str], kind: str) -> Texts:
    if kind != "object":
        return parts
    if len(parts) % 2:
        raise WrongStyleError("an object is written as names and values by turns")
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _matrix(text: str, name: str, kind: str, *, explode: bool) -> Texts:
    if not text.startswith(";"):
        raise WrongStyleError("a matrix begins with a semicolon")
    parts = [part.partition("=")[::2] for part in text[1:].split(";")]
    if kind == "object" and explode:
        return {unquote(key): unquote(value) for key, value in parts}
    if any(unquote(key) != name for key, _ in parts):
        raise WrongStyleError(f"a matrix names {name}")
    if kind == "array" and explode:
        return [unquote(value) for _, value in parts]
    return _listed(parts[0][1], ",", kind, unquote, explode=False)


def _deep(pairs: Pairs, name: str) -> Texts | None:
    found: dict[str, Any] = {}
    for key, value in pairs:
        match = re.fullmatch(re.escape(name) + r"((?:\[[^\[\]]*\])+)", unquote_plus(key))
        if match:
            *steps, last = re.findall(r"\[([^\[\]]*)\]", match[1])
            holder = found
            for step in steps:
                holder = holder.setdefault(step, {})
            text = unquote_plus(value)
            if last in holder:
                known = holder[last]
                holder[last] = [*known, text] if isinstance(known, list) else [known, text]
            else:
                holder[last] = text
    return found or None
