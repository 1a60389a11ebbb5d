"""Schemas of strings into texts; names of properties; contents of files."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from . import formats

if TYPE_CHECKING:
    from .letters import Letters

_LONGEST = 40
# Every byte, longer than a piece that is read or written at once; or a few.
CONTENTS = st.one_of(st.just(bytes(range(256)) * 300), st.binary(max_size=20))
NAMES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=6)


def texts(schema: dict[str, Any], letters: Letters) -> Any:
    """Texts of a schema."""
    least, most = max(schema.get("minLength", 0), letters.least), schema.get("maxLength", 10**9)
    if "pattern" in schema:
        return matching(schema["pattern"], least, most)
    if schema.get("contentEncoding") == "base64":
        return formats.TEXTS["byte"]
    if schema.get("format") in formats.TEXTS:
        return formats.TEXTS[schema["format"]]
    return _plain(letters, least, max(least, min(most, least + _LONGEST)))


@cache
def matching(pattern: str, least: int, most: int) -> Any:
    """Texts that match a pattern of ECMA-262, as far as Python's are the same."""
    ours = re.sub(r"(?<!\\)((?:\\\\)*)\$$", r"\1\\Z", pattern)
    ours = ours.replace("\\/", "/").replace("(?<", "(?P<")
    if "[\\d" not in ours:
        ours = ours.replace("(?P<=", "(?<=").replace("(?P<!", "(?<!").replace("\\d", "[0-9]")
    printable = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    try:
        strategy = st.from_regex(ours, alphabet=printable)
        strategy.validate()
    except (re.error, InvalidArgument, ValueError):
        return st.text(min_size=least, max_size=min(most, least + 8))
    return strategy.filter(lambda text: least <= len(text) <= most)


@cache
def _plain(letters: Letters, least: int, most: int) -> Any:
    drawn = st.text(letters.strategy, min_size=least, max_size=most)
    first = letters.first[:most]
    return st.one_of(st.just(first), drawn) if len(first) >= least else drawn
