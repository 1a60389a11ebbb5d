"""A scalar of YAML text into the value that JSON has for it: YAML 1.2's core schema (§10.3).

No timestamps, no `yes`. Knows nothing of mappings, sequences or places.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

TAG: Final = "tag:yaml.org,2002:"


class ScalarError(Exception):
    """The scalar is none that JSON has; says why."""


def scalar(text: str, tag: str | None, *, is_plain: bool) -> Any:
    """The value of a scalar with a tag, or without. Raises ScalarError."""
    if tag in (None, "!"):
        return _resolved(text) if is_plain else text
    if tag == TAG + "str":
        return text
    if tag not in _FORMS:
        raise ScalarError(f"the tag {tag!r} is none of JSON's")
    form, construct = _FORMS[tag]
    if not form.match(text):
        raise ScalarError(f"this is no {tag.removeprefix(TAG)}")
    return construct(text)


def _resolved(text: str) -> Any:
    for form, construct in _BY_FIRST.get(text[:1], ()):
        if form.match(text):
            return construct(text)
    return text


def _integer(text: str) -> int:
    try:
        number = int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        # As many digits as Python writes: a number of base 16 is read with any.
        str(number)
    except ValueError:
        raise _TOO_LONG from None
    return number


def _float(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise _TOO_LONG from None
    if not math.isfinite(number):
        raise _TOO_LONG
    return number


_TOO_LONG: Final = ScalarError("a number is not finite or too long")
_FORMS: Final[dict[str, tuple[re.Pattern[str], Callable[[str], Any]]]] = {
    TAG + "null": (re.compile(r"(?:~|null|Null|NULL|)\Z"), lambda _: None),
    TAG + "bool": (
        re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"),
        lambda text: text.lower() == "true",
    ),
    TAG + "int": (re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z"), _integer),
    TAG + "float": (
        re.compile(
            r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
        ),
        _float,
    ),
}
_FIRST: Final = {"null": ["~", "n", "N", ""], "bool": "tTfF", "int": "-+0123456789"}
_BY_FIRST: Final = {
    first: [
        _FORMS[TAG + kind]
        for kind, firsts in {**_FIRST, "float": "-+0123456789."}.items()
        if first in list(firsts)
    ]
    for first in ["", *"~nNtTfF-+.0123456789"]
}
