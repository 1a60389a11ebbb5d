"""Turns the `user` of a request into text; knows nothing of apps."""

from typing import Any

from completion_server.web.errors import invalid_param

ANONYMOUS = "DEFAULT-USER"


def required_user(value: Any) -> str:
    """Give the user as text; a number is accepted, nothing or "" is 400 (row 7)."""
    if value is None or value == "":
        raise invalid_param("Arg user must be provided.")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise invalid_param("Arg user must be a string.")
    return str(value)


def optional_user(value: Any) -> str | None:
    """Give the user as text, or None where the request names none."""
    return None if value is None or value == "" else required_user(value)
