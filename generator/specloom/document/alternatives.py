"""An error of jsonschema-rs into what is to blame for it among the alternatives of a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jsonschema_rs import ValidationErrorKind as Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_rs import ValidationError

_TAGS: Final = {"in", "type"}
"""The fields that say which of several objects one is."""


def innermost(error: ValidationError) -> ValidationError:
    """The deepest error of the alternatives, if one is about something within the value."""
    deeper = [
        innermost(inner)
        for errors in _alternatives(error)
        for inner in errors
        if len(inner.instance_path) > len(error.instance_path)
    ]
    return max(deeper, key=lambda inner: len(inner.instance_path), default=error)


def causes(error: ValidationError) -> Iterator[ValidationError]:
    """All that is wrong by the alternative that was likely meant; else the error itself."""
    alternatives = _alternatives(error)
    # Where more than one alternative fits, none of them is to blame.
    is_of_none = not alternatives or not all(alternatives)
    if is_of_none or _are_alike(error, alternatives) or unknown_tag(error):
        yield error
        return
    for inner in min(alternatives, key=lambda errors: _distance(error, errors)):
        yield from causes(inner)


def unknown_tag(error: ValidationError) -> str | None:
    """The field that says which of the alternatives is meant, if it says none of them."""
    named = [
        {inner.instance_path[-1] for inner in errors if _is_of_other_tag(error, inner)}
        for errors in _alternatives(error)
    ]
    shared = set.intersection(*named) if named else set()
    return str(shared.pop()) if shared else None


def _alternatives(error: ValidationError) -> list[list[ValidationError]]:
    return getattr(error.kind, "context", None) or []


def _are_alike(error: ValidationError, alternatives: list[list[ValidationError]]) -> bool:
    """Whether none is nearer than another: each is of another type, or has another field."""
    return all(
        len(errors) == 1
        and isinstance(errors[0].kind, Kind.Type | Kind.Required)
        and len(errors[0].instance_path) == len(error.instance_path)
        and not _is_no_reference(errors[0])
        for errors in alternatives
    )


def _distance(error: ValidationError, errors: list[ValidationError]) -> tuple[bool, bool, int, int]:
    """How far the value is from an alternative."""
    depth = max(len(inner.instance_path) for inner in errors)
    return (
        any(map(_is_no_reference, errors)),
        any(_is_of_other_tag(error, inner) for inner in errors),
        -depth,
        len(errors),
    )


def _is_no_reference(error: ValidationError) -> bool:
    return isinstance(error.kind, Kind.Required) and error.kind.property == "$ref"


def _is_of_other_tag(error: ValidationError, inner: ValidationError) -> bool:
    place = inner.instance_path[len(error.instance_path) :]
    is_tag = len(place) == 1 and place[0] in _TAGS
    return is_tag and isinstance(inner.kind, Kind.Enum | Kind.Constant)
