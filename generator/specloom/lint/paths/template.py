"""A path or a server's URL into the variables in its braces, and what is wrong with it as text.

Each fault is said as what the template has and may not have (OAS 3.2 §4.5, §4.8).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_EXPRESSION: Final = re.compile(r"\{([^{}]*)\}")
_BLANK: Final = re.compile(r"\{\}")


def expressions(template: str) -> list[str]:
    """The names in the braces, in their order."""
    return _EXPRESSION.findall(template)


def skeleton(template: str) -> str:
    """The template without the names of its variables."""
    return _EXPRESSION.sub("{}", template)


def segments(template: str) -> list[str]:
    """What stands between the slashes of a path; those within braces divide nothing."""
    names = iter(expressions(template))
    blank = skeleton(template).split("/")[1:]
    return [_BLANK.sub(lambda _: f"{{{next(names)}}}", segment) for segment in blank]


def brace_fault(template: str) -> str | None:
    """A brace that is alone, or a pair with nothing in it."""
    around = _EXPRESSION.sub("", template)
    if "{" in around or "}" in around:
        return "a brace without its other half"
    return "braces with no name in them" if "" in expressions(template) else None


def query_fault(template: str) -> str | None:
    """A query or a fragment."""
    around = _EXPRESSION.sub("", template)
    if "?" in around:
        return "a query"
    return "a fragment" if "#" in around else None


def repetition(template: str) -> str | None:
    """A variable that stands there twice."""
    counts = Counter(expressions(template))
    name = next((name for name, count in counts.items() if count > 1), None)
    return f"the variable {{{name}}} twice" if name else None
