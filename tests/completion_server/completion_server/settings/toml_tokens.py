"""Turns a TOML text into its tokens; knows only what tells strings and comments from the rest.

Each pattern takes what it can of any text, TOML or not, so that the time is linear.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# The TOML 1.0 specification's strings, which end where the text does if nothing closes them.
# Nothing follows a repetition that could fail, so none is tried again. (Possessive ones would say
# so, but Python 3.11.2 matches these wrongly.)
TOKEN = re.compile(
    r'"""(?:[^"\\]+|\\.?|"{1,2}(?!"))*(?:"{3,5})?'
    r"|'''(?:[^']+|'{1,2}(?!'))*(?:'{3,5})?"
    r'|"(?:[^"\\\n]+|\\[^\n]?)*"?'
    r"|'[^'\n]*'?"
    r"|\#[^\n]*"
    r"|[\[\]{},=\n]"
    r"|[^\[\]{},=\n\"'\#\ \t]+",
    re.DOTALL,
)


class Token(NamedTuple):
    """A string, a comment, a line's end, a sign, or a run of what is none of these.

    `line` is where it starts, counted from 1; `end` is an offset in the text.
    """

    text: str
    line: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Give all that stands in a text, but spaces and tabs."""
    line = 1
    for found in TOKEN.finditer(text):
        yield Token(found[0], line, found.end())
        line += found[0].count("\n")
