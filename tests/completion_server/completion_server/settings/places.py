"""Names the places of settings, and refuses what stands at one."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final, NoReturn

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Place = tuple[str | int, ...]
"""Keys and indices, from the outermost table: `("apps", 1, "name")`."""

REFUSED: Final = "refused"
REPEATED: Final = "repeated"
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# Whoever pastes an API key in the wrong line must not read it again in a log.
NO_SECRET = re.compile(r"[A-Za-z_-]{1,40}|.{1,12}")


def dotted(place: Place) -> str:
    """Write a place as people do: `apps[1].form[0].type`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_key(step)}" for step in place)
    return "".join(steps).removeprefix(".")


def may_be_shown(text: str) -> bool:
    """Tell whether a text is too short or too plain to be a key or a password."""
    return bool(NO_SECRET.fullmatch(text))


def shown(value: object) -> str:
    """Quote a text, with a space after it; give nothing for what is none or may be a secret."""
    return f"{value!r} " if isinstance(value, str) and may_be_shown(value) else ""


def refuse(table: str, place: Place, text: str) -> NoReturn:
    """Raise a `ValidationError` that tells what is wrong at a place of a table."""
    raise _validation_error(
        table, [(place, PydanticCustomError(REFUSED, "{text}", {"text": text}))]
    )


def refuse_repeats(table: str, values: Iterable[tuple[Place, str]]) -> None:
    """Raise a `ValidationError` for each place whose value an earlier place has, if any."""
    repeats = [
        (place, PydanticCustomError(REPEATED, "stands there already", {"first": first}))
        for place, first in _repeats(values)
    ]
    if repeats:
        raise _validation_error(table, repeats)


def _repeats(values: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, Place]]:
    """Pair each place whose value was there before with the first place that had it."""
    first: dict[str, Place] = {}
    for place, value in values:
        if first.setdefault(value, place) != place:
            yield place, first[value]


def _validation_error(
    table: str, errors: list[tuple[Place, PydanticCustomError]]
) -> ValidationError:
    details = [InitErrorDetails(type=kind, loc=place, input=None) for place, kind in errors]
    return ValidationError.from_exception_data(table, details)


def _key(key: str) -> str:
    if not may_be_shown(key):
        return "…"
    return key if BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
