"""What texts may be made of, by where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st


@dataclass(frozen=True, eq=False)
class Letters:
    """What a text may be made of, how short it may be, and a text to try first."""

    strategy: Any
    least: int
    first: str


# What URLs, headers, forms, parts and JSON give a meaning to.
_SPECIAL = "/%?#&=+:@|[]{}<>'`~"
_BY_TEXT = st.characters(exclude_categories=["Cs"])
ANY = Letters(_BY_TEXT, 0, f' {_SPECIAL},;\\"\t\nä€😀 ')
# What a header can hold, but for the comma, which would end an item.
_BY_HEADER = st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters=",=")
HEADER = Letters(_BY_HEADER, 1, _SPECIAL.replace("=", ""))
# A dot may be what joins items (RFC 6570 §3.2.5); what ends or begins a segment is escaped.
_BY_PATH = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=".")
PATH = Letters(_BY_PATH, 1, f' {_SPECIAL},;\\"ä€😀 ')
