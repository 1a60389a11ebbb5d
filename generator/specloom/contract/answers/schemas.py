"""The schemas of a document, each named by its pointer, ready to hold values to.

JSON Schema 2020-12, which OpenAPI 3.1 and 3.2 build on; formats count, and `contentEncoding`.
Knows nothing of answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import jsonschema_rs

from specloom.document.pointer import from_reference, join, resolve
from specloom.document.references import is_reference

from .formats import FORMATS, is_base64

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENT: Final = "urn:openapi:document"
# jsonschema-rs shows no error of a value that is deeper than 255, and raises ValueError instead.
_TOO_DEEP: Final = "what is nested too deeply to be shown breaks the schema"


@dataclass(slots=True)
class Schemas:
    """The schemas of an OpenAPI 3.1 or 3.2 tree."""

    tree: dict[str, Any]
    _registry: jsonschema_rs.Registry = field(init=False)
    _validators: dict[str, jsonschema_rs.Draft202012Validator] = field(
        init=False, default_factory=dict
    )
    _usual: dict[str, jsonschema_rs.Draft202012Validator] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Register the document, so that its references can be followed."""
        self._registry = jsonschema_rs.Registry([(_DOCUMENT, self.tree)])

    def follow(self, pointer: str) -> tuple[str, Any]:
        """What a pointer names once references are followed: its own pointer, and the value."""
        value = resolve(self.tree, pointer)
        while is_reference(value):
            pointer = from_reference(value["$ref"])
            value = resolve(self.tree, pointer)
        return pointer, value

    def errors(self, pointer: str, value: Any, place: str = "") -> Iterator[tuple[str, str]]:
        """How a value breaks the schema at a pointer: messages, and where in the value."""
        try:
            found = list(self.validator(pointer).iter_errors(value))
        except ValueError:
            yield _TOO_DEEP, place
            return
        for error in found:
            cause = _closest(error)
            yield cause.message, join(place, *cause.instance_path)

    def format_errors(self, pointer: str, value: Any, place: str = "") -> Iterator[tuple[str, str]]:
        """Those errors that only `FORMATS` and encodings make, as `errors` gives them."""
        plain = self._usual.get(pointer)
        if plain is None:
            plain = self._usual[pointer] = self._compile(pointer, own=False)
        try:
            others = {_whereabouts(error) for error in plain.iter_errors(value)}
            found = list(self.validator(pointer).iter_errors(value))
        except ValueError:
            return
        for error in found:
            if _whereabouts(error) not in others:
                cause = _closest(error)
                yield cause.message, join(place, *cause.instance_path)

    def validator(self, pointer: str) -> jsonschema_rs.Draft202012Validator:
        """What holds values to the schema at a pointer."""
        if pointer not in self._validators:
            self._validators[pointer] = self._compile(pointer, own=True)
        return self._validators[pointer]

    def _compile(self, pointer: str, *, own: bool) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator(
            {"$ref": f"{_DOCUMENT}#{quote(pointer)}"},
            registry=self._registry,
            validate_formats=True,
            formats=FORMATS if own else None,
            keywords={"contentEncoding": _Encoding} if own else None,
        )


class _Encoding:
    """`contentEncoding`: text must be what it says, as with a format (JSON Schema 2020-12 §8.3)."""

    def __init__(self, _schema: Any, encoding: Any, _path: Any) -> None:
        self._encoding = encoding

    def validate(self, text: Any) -> None:
        """Raise ValueError if the text is not so encoded."""
        if self._encoding == "base64" and isinstance(text, str) and not is_base64(text):
            raise ValueError("the text is no base64")


def _whereabouts(error: jsonschema_rs.ValidationError) -> tuple[tuple[str | int, ...], ...]:
    return tuple(error.schema_path), tuple(error.instance_path)


def _closest(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """The error itself, or the first of the alternative that came closest to fitting."""
    alternatives = getattr(error.kind, "context", None)
    # Where more than one alternative fits, none of them is to blame.
    if not alternatives or not all(alternatives):
        return error
    return _closest(min(alternatives, key=_distance)[0])


def _distance(errors: list[jsonschema_rs.ValidationError]) -> tuple[bool, int]:
    """How far an alternative is: one that another tag belongs to is further than any."""
    return any(error.kind.name in {"const", "enum"} for error in errors), len(errors)
