"""A value of a discriminator's mapping into the pointer of the schema that it names."""

from __future__ import annotations

import re
from typing import Any, Final

from specloom.document.components import place
from specloom.document.pointer import from_reference

UNIONS: Final = ("oneOf", "anyOf")
"""What a discriminator chooses among."""
_FILE: Final = re.compile(r"[/:#?]|\.(json|ya?ml)$")


def mapped(target: Any, tree: dict[str, Any]) -> str | None:
    """The pointer of the schema; None if it is in another file.

    What may be a name or a file is a name where there is such a component (OAS 3.2 §4.25.3).
    """
    if not isinstance(target, str):
        return None
    if target.startswith("#"):
        return from_reference(target)
    is_name = target in tree.get("components", {}).get("schemas", ())
    return place(target) if is_name or not _FILE.search(target) else None


def tag_of(schema: Any) -> str | None:
    """The property that a schema's discriminator chooses by."""
    found = schema.get("discriminator") if isinstance(schema, dict) else None
    return found.get("propertyName") if isinstance(found, dict) else None
