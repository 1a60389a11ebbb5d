"""JSON pointers (RFC 6901): text to tokens and back, and the value that one names.

Knows nothing of files or of OpenAPI.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote

_INDEX: Final = re.compile("0|[1-9][0-9]{0,9}")


def escape(token: str) -> str:
    """One reference token as it stands in a pointer (RFC 6901 §3)."""
    # Most tokens have neither, and looking is cheaper than replacing.
    if "/" in token or "~" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def join(pointer: str, *tokens: str | int) -> str:
    """The pointer with more tokens behind it."""
    return pointer + "".join("/" + escape(str(token)) for token in tokens)


def tokens(pointer: str) -> list[str]:
    """The unescaped tokens of a pointer; none for the whole document."""
    parts = pointer.split("/")[1:]
    return (
        [part.replace("~1", "/").replace("~0", "~") for part in parts] if "~" in pointer else parts
    )


def from_reference(reference: str) -> str:
    """The pointer in a `$ref` within the file, `#/…`, percent-decoded (RFC 6901 §6)."""
    return unquote(reference[1:])


def around(pointer: str) -> list[str]:
    """A pointer and those of all that it is within, the innermost first."""
    found = [pointer]
    while pointer:
        pointer = pointer.rpartition("/")[0]
        found.append(pointer)
    return found


def step(value: Any, token: str) -> Any:
    """The child of a value that a token names. Raises KeyError if there is none."""
    if isinstance(value, dict):
        return value[token]
    if isinstance(value, list) and _INDEX.fullmatch(token) and int(token) < len(value):
        return value[int(token)]
    raise KeyError(token)


def resolve(tree: Any, pointer: str) -> Any:
    """The value that a pointer names in a tree. Raises KeyError if there is none."""
    value = tree
    for token in tokens(pointer):
        value = step(value, token)
    return value
