"""What can be wrong with an argument, before a version of Dify words it."""

from dataclasses import dataclass
from typing import Any, Literal

Problem = Literal[
    "missing", "choice", "object", "list", "string", "integer", "too_small", "too_large"
]


@dataclass(eq=False)
class BadArgument(Exception):  # noqa: N818  # what is wrong, not yet an answer
    """An argument that breaks a rule.

    `payload` is Dify's name of the whole; `allowed` are the choices, or the bounds of a number.
    For `missing` the value is the object that lacks the field.
    """

    payload: str
    field: str
    value: Any
    problem: Problem
    allowed: tuple[Any, ...] = ()
