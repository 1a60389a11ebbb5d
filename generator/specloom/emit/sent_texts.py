"""Texts of a query, a path or a form into the values that a client would write as them.

Knows the schemas alone; nothing of operations or of Python.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNFIT: Final = object()
"""There is no value of the schema that would be written as these texts."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Values held to the schemas of one document."""

    tree: dict[str, Any]

    def fits(self, schema: Any, value: Any) -> bool:
        """Whether a value keeps a schema, formats included."""
        whole = {"allOf": [schema], "components": self.tree.get("components", {})}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True).is_valid(value)

    def value(self, schema: Any, texts: Sequence[str], separator: str | None = None) -> Any:
        """The value for all texts of one name, UNFIT if there is none; lists repeat the name.

        With a separator, the one text holds the list.
        """
        candidates = _candidates(texts, separator)
        return next((value for value in candidates if self.fits(schema, value)), UNFIT)


def _candidates(texts: Sequence[str], separator: str | None) -> Iterator[Any]:
    items = list(texts)
    if len(items) == 1:
        yield items[0]
        yield _read(items[0])
        items = items[0].split(separator) if separator else items
    yield items
    yield [_read(item) for item in items]


def _read(text: str) -> Any:
    """The value that is written as the text; the text itself if there is none."""
    try:
        value = read_json(text)
    except ValueError:
        return text
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value if written == text else text


def read_json(text: str | bytes) -> Any:
    """A value that a client can write. Raises ValueError for what is no JSON, or no Unicode."""
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("too deep") from None
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
