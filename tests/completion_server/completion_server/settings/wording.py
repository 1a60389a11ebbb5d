"""Turns pydantic's errors into places of a file and plain words; no value of a file is in them
that could be a key or a password.
"""

import difflib
from typing import Any

from pydantic_core import ErrorDetails

from completion_server.settings.places import REFUSED, Place, dotted, shown
from completion_server.settings.server import ServerSettings
from completion_server.settings.setting import Setting
from completion_server.settings.tables import located, tables_under

WORDS = {
    "missing": "is required",
    "union_tag_not_found": "is required",
    REFUSED: "{text}",
    "bool": "must be true or false",
    "int": "must be a whole number",
    "float": "must be a number",
    "decimal": "must be a number",
    "is_instance_of": "must be a number",
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

UNQUOTED = {"bool_type", "int_type", "float_type"}
"""The kinds of errors of values that TOML writes without quotes."""

PATTERNS = {
    "variable": "must be letters, digits and underscores, at most 100, and begin with no digit",
    "language": "must be a language tag such as en-US",
    "database": "must be an SQLAlchemy URL such as postgresql+psycopg://user@host/name",
    "currency": "must be three capital letters such as USD",
}
"""What is said of a text that breaks its pattern, by its key."""


def place_of(error: ErrorDetails, content: Any) -> Place:
    """Give the place that an error is about, within the content of a file.

    pydantic's own places also name the kind of a control and the type that was tried.
    """
    place: Place = ()
    for step in located(error["loc"])[0]:
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
            return _unknown(located(error["loc"])[1], str(place[-1]))
        case "literal_error":
            return _none_of(value, context["expected"].replace(" or ", ", "))
        case "union_tag_invalid":
            return _none_of(context["tag"], context["expected_tags"])
        case "string_pattern_mismatch":
            return PATTERNS[str(place[-1])]
        case "tuple_type" if _holds_tables(error["loc"]):
            return f"must be a list of tables, each headed [[{_header(place)}]]"
    words = WORDS.get(kind) or WORDS.get(kind.partition("_")[0], "is not valid")
    quoted = kind in UNQUOTED and isinstance(value, str)
    return words.format(**context) + (", not text" if quoted else "")


def _holds_tables(loc: Place) -> bool:
    place, table = located(loc)
    return bool(tables_under(table, str(place[-1])))


def _unknown(table: type[Setting], key: str) -> str:
    """Say where an unknown key of a table belongs, or name the known one that is nearest."""
    known = table.model_fields
    if tables_under(ServerSettings, key):
        return "is a table of its own, in no other"
    if key in ServerSettings.model_fields:
        return "belongs at the top of the file, before the first [table]"
    near = difflib.get_close_matches(key, known, n=1)
    return "is unknown; " + (
        f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    )


def _none_of(value: Any, expected: str) -> str:
    known = expected.replace("'", "")
    return f"{shown(value)}is none of {known}"


def _header(place: Place) -> str:
    return dotted(tuple(step for step in place if isinstance(step, str)))
