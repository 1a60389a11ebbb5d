"""A schema of 2020-12 into what tells whether a value fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from .formats import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable


class NoValueError(Exception):
    """No value was found that fits a schema."""


def validity(schema: Any) -> Callable[[Any], bool]:
    """What tells whether a value fits a schema of 2020-12, its formats too."""
    try:
        validator = jsonschema_rs.Draft202012Validator(
            schema, validate_formats=True, formats=CHECKS, ignore_unknown_formats=True
        )
    except (ValueError, jsonschema_rs.ValidationError) as error:
        first = str(error).partition("\n")[0]
        raise NoValueError(f"the document's schema is none: {first}") from None
    return validator.is_valid
