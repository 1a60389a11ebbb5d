"""Arguments checked against their types; what does not fit becomes InvalidArgumentError.

The error names the argument and shows no value, which may be a secret.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from .errors import InvalidArgumentError


def check(
    adapter: TypeAdapter[Any], value: Any, argument: str, arguments: Mapping[str, str] | None = None
) -> Any:
    """Check a value; `arguments` tells which argument filled which of its properties."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        place, message = first_problem(error)
    by_property = {wire: name for name, wire in (arguments or {}).items()}
    if place and place[0] in by_property:
        argument, *place = by_property[place[0]], *place[1:]
    raise InvalidArgumentError(argument, f"at /{'/'.join(place)}: {message}" if place else message)


def first_problem(error: ValidationError) -> tuple[list[str], str]:
    """Give where the first problem is and what it is, without the value."""
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return [str(step) for step in problem["loc"]], problem["msg"]


def to_json_value(adapter: TypeAdapter[Any], checked: Any) -> Any:
    """Write a checked value as a JSON value: wire names, and only the fields that were set."""
    return adapter.dump_python(
        checked, mode="json", by_alias=True, exclude_unset=True, warnings=False
    )
