"""A value into the binaries that its texts hold, and whether these are what they are said to be.

A text's schema says so by `contentEncoding` and `contentMediaType` (JSON Schema 2020-12 §8). Such
a text may be a piece of the whole, so only what is text itself is found out.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from specloom.media_types import essence

from .formats import is_base64
from .instances import walk
from .media_content import BINARY, textual_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .schemas import Schemas


def embedded_faults(
    schemas: Schemas, pointer: str, value: Any, place: str = ""
) -> Iterator[tuple[str, str]]:
    """The texts that hold text instead of a binary: messages, and where in the value.

    What is empty or no base64 is for the schema to refuse.
    """
    for instance in walk(schemas, pointer, value, place):
        kind = essence(str(instance.schema.get("contentMediaType", "")))
        is_encoded = instance.schema.get("contentEncoding") == "base64"
        if is_encoded and BINARY.fullmatch(kind) and _is_filled(instance.value):
            textual = textual_kind(base64.b64decode(instance.value))
            if textual:
                yield f"not {kind}: {textual}", instance.place


def _is_filled(value: Any) -> bool:
    return isinstance(value, str) and value != "" and is_base64(value)
