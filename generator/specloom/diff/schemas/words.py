"""What changed, in the words of a message; the text of a document is quoted and cut short."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from specloom.document.components import SCHEMAS
from specloom.document.pointer import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .form import Form

_MOST: Final = 10
_LONGEST: Final = 60


def value(found: Any) -> str:
    """One value as JSON."""
    return quoted(json.dumps(found, ensure_ascii=False))


def quoted(text: object) -> str:
    """A name or a value as it stands in the document."""
    # A backtick would end the name where it goes on, and let it say what it likes.
    name = " ".join(str(text).split()).replace("`", "'")
    return f"`{name if len(name) <= _LONGEST else name[: _LONGEST - 1] + '…'}`"


def listed(texts: Iterable[str]) -> str:
    """Some names or values."""
    found = sorted(texts)
    more = len(found) - _MOST
    shown = ", ".join(map(quoted, found[:_MOST]))
    return f"{shown} and {more} more" if more > 0 else shown


def types(form: Form) -> str:
    """The types of a form, without null."""
    names = [_type(form, name) for name in form.types if name != "null"]
    if len(names) == _EVERY:
        return "anything"
    return " or ".join(names) or ("null" if form.types else "nothing")


def alternative(form: Form) -> str:
    """An alternative by its component's name, else by its type."""
    if form.pointer.rpartition("/")[0] == SCHEMAS:
        return quoted(tokens(form.pointer)[-1])
    return f"of type {types(form)}"


_EVERY: Final = 5


def _type(form: Form, name: str) -> str:
    return "integer" if "integer" in form.types[name] else name
