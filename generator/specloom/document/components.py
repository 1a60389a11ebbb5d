"""The names of component schemas into references to them, and back.

The one place that knows how such a reference is spelt.
"""

from __future__ import annotations

import re
from typing import Final

from .pointer import from_reference, join, tokens

SCHEMAS: Final = "/components/schemas"

# Nearly all references begin so, and have nothing to decode behind it.
_PLAIN: Final = "#/components/schemas/"
_SPELT: Final = re.compile("[/~%]")


def place(name: str) -> str:
    """The pointer of a component schema."""
    return join(SCHEMAS, name)


def reference(name: str) -> str:
    """The `$ref` to a component schema, in the spelling that all normalized documents use."""
    return "#" + place(name).replace("%", "%25")


def name_of(reference: str) -> str | None:
    """The component schema that a reference names, however spelt; None if it names none."""
    if reference.startswith(_PLAIN) and not _SPELT.search(reference, len(_PLAIN)):
        return reference[len(_PLAIN) :]
    match tokens(from_reference(reference)) if reference.startswith("#") else ():
        case ["components", "schemas", name]:
            return name
    return None
