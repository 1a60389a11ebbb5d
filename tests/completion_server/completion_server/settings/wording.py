"""Turns pydantic's errors into places of a file and plain words; no value of a file is in them
that could be a key or a password.
"""

import difflib
from typing import Any

from pydantic_core import ErrorDetails

from completion_server.settings.apps import App
from completion_server.settings.features import Moderation, Speech, Vision, WebApp
from completion_server.settings.form import Number, Paragraph, Select, Text
from completion_server.settings.limits import Limits
from completion_server.settings.models import Embedded, OpenAICompatible
from completion_server.settings.places import REFUSED, Place, dotted, may_be_shown
from completion_server.settings.server import ServerSettings, Storage
from completion_server.settings.setting import Setting

KINDS: dict[str, dict[str, type[Setting]]] = {
    "form": {"text": Text, "paragraph": Paragraph, "select": Select, "number": Number},
    "model": {"embedded": Embedded, "openai": OpenAICompatible},
}
"""The tables that come in kinds, each named by one of its keys."""

TABLES: dict[str, type[Setting]] = {
    "apps": App,
    "speech": Speech,
    "vision": Vision,
    "moderation": Moderation,
    "web_app": WebApp,
    "limits": Limits,
    "storage": Storage,
}

WORDS = {
    "missing": "is required",
    "union_tag_not_found": "is required",
    REFUSED: "{text}",
    "bool": "must be true or false",
    "int": "must be a whole number",
    "float": "must be a number",
    "decimal": "must be a number",
    "finite_number": "must be a finite number",
    "string": "must be text",
    "tuple": "must be a list",
    "model": "must be a table",
    "dict": "must be a table",
    "url": "must be an http or https URL",
    "greater_than": "must be greater than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be at most {le:g}",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "decimal_max_digits": "must have at most {max_digits} digits",
    "decimal_max_places": "must have at most {decimal_places} decimal places",
    "decimal_whole_digits": "must have at most {whole_digits} digits before the point",
}
"""What is said of an error, by its kind or by the kind's first word."""


PATTERNS = {
    "variable": "must be letters, digits and underscores, at most 100, and begin with no digit",
    "language": "must be a language tag such as en-US",
    "currency": "must be three capital letters such as USD",
}
"""What is said of a text that breaks its pattern, by its key."""


def place_of(error: ErrorDetails, content: Any) -> Place:
    """Give the place that an error is about, within the content of a file.

    pydantic's own places also name the kind of a control and the type that was tried.
    """
    place: Place = ()
    for step in _without_kinds(error["loc"]):
        # A default is one value, of one of several types.
        if not isinstance(content, dict | list) or place[-1:] == ("default",):
            break
        place = (*place, step)
        content = content.get(step) if isinstance(content, dict) else content[int(step)]
    if error["type"].startswith("union_tag"):
        place = (*place, error["ctx"]["discriminator"].strip("'"))
    return place


def words_of(error: ErrorDetails, place: Place) -> str:
    """Say what is wrong at a place."""
    kind, context, value = error["type"], error.get("ctx", {}), error["input"]
    match kind:
        case "extra_forbidden":
            return _unknown(error["loc"])
        case "literal_error":
            return _none_of(value, context["expected"].replace(" or ", ", "))
        case "union_tag_invalid":
            return _none_of(context["tag"], context["expected_tags"])
        case "string_pattern_mismatch":
            return PATTERNS[str(place[-1])]
        case "tuple_type" if isinstance(value, dict):
            return f"must be a list of tables, each headed [[{_header(place)}]]"
    words = WORDS.get(kind) or WORDS.get(kind.partition("_")[0], "is not valid")
    return words.format(**context)


def _without_kinds(place: Place) -> Place:
    """Leave out what pydantic adds after `form[0]` and `model`: which kind of table it took."""
    return tuple(step for i, step in enumerate(place) if not _is_kind(place, i))


def _is_kind(place: Place, index: int) -> bool:
    names = [step for step in place[:index] if isinstance(step, str)]
    return bool(names) and place[index] in KINDS.get(names[-1], {})


def _unknown(place: Place) -> str:
    """Name the known key that is nearest to an unknown one."""
    *around, key = place
    known = _table(tuple(around)).model_fields
    near = difflib.get_close_matches(str(key), known, n=1)
    return f"is unknown; did you mean {near[0]}?" if near else f"is none of {', '.join(known)}"


def _table(place: Place) -> type[Setting]:
    names = [step for step in place if isinstance(step, str)]
    if not names:
        return ServerSettings
    if len(names) > 1 and names[-2] in KINDS:
        return KINDS[names[-2]][names[-1]]
    return TABLES[names[-1]]


def _none_of(value: Any, expected: str) -> str:
    known = expected.replace("'", "")
    shown = f"{value!r} " if isinstance(value, str) and may_be_shown(value) else ""
    return f"{shown}is none of {known}"


def _header(place: Place) -> str:
    return dotted(tuple(step for step in place if isinstance(step, str)))
