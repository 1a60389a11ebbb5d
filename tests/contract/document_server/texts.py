"""Texts of a URL, a header or a form into the value that a schema asks for."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from .document import types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .document import Document


class WrongTextError(ValueError):
    """No reading of a text fits the schema."""


def value_of(document: Document, schema: Any, texts: Sequence[str], *, explode: bool = True) -> Any:
    """The first reading of texts that fits a schema. Raises WrongTextError."""
    for value in _readings(document, schema, texts, explode=explode):
        if document.is_valid(schema, value):
            return value
    raise WrongTextError


def strict_json(text: str) -> Any:
    """The text as JSON that could be written again. Raises ValueError."""
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("too deep") from None


def _readings(
    document: Document, schema: Any, texts: Sequence[str], *, explode: bool
) -> Iterator[Any]:
    flat = document.flat(schema)
    if "array" in types(flat):
        parts = texts if explode else [part for text in texts for part in text.split(",")]
        yield [_item(document, flat.get("items", True), part) for part in parts]
    if len(texts) == 1:
        yield texts[0]
        try:
            yield strict_json(texts[0])
        except ValueError:
            return


def _item(document: Document, schema: Any, text: str) -> Any:
    try:
        return value_of(document, schema, [text])
    except WrongTextError:
        return text


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    if not math.isfinite(value := float(text)):
        raise ValueError(text)
    return value
