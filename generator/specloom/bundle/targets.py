"""A `$ref` into the file and the pointer in it that it leads to (RFC 3986 §5, RFC 6901 §6).

Knows nothing of what stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from specloom.document.pointer import join, resolve, step, tokens

from .identifiers import ancestors

if TYPE_CHECKING:
    from .files import File, Files

_LONGEST_CHAIN = 100


class Target(NamedTuple):
    """A place in a file."""

    file: File
    pointer: str
    is_near: bool = False
    """Whether it was found in a schema around the reference, where RFC 6901 would not look."""

    @property
    def value(self) -> Any:
        """What stands there."""
        return resolve(self.file.tree, self.pointer)


class UnknownError(Exception):
    """The reference names no file that was read and no relative path; perhaps one read later."""


def target_of(files: Files, file: File, pointer: str, reference: str) -> Target | None:
    """What a reference at a place leads to; None if the file has no such place.

    Raises RefusedError if the file can't be read, UnknownError if it might be known later.
    """
    found = files.find(file, pointer, reference)
    if found is None:
        raise UnknownError
    fragment = unquote(reference.partition("#")[2])
    if fragment == "/":
        # Strictly the field called "", but people mean the whole file.
        fragment = ""
    return within(files, *found, fragment, pointer if found[0] is file else "")


def within(files: Files, file: File, resource: str, fragment: str, place: str) -> Target | None:
    """What a fragment names in a resource; failing that, in the file, or near the reference."""
    named = file.identifiers.anchor(resource, fragment) if fragment else None
    if named is not None:
        return Target(file, named)
    inner = fragment if not fragment or fragment.startswith("/") else "/" + fragment
    wanted = dict.fromkeys([resource, ""])
    for around in [*wanted, *(near for near in ancestors(place) if near not in wanted)]:
        found = _descend(files, file, around + inner, _LONGEST_CHAIN)
        if found:
            return found if around in wanted else found._replace(is_near=True)
        if not inner:
            return None
    return None


def _descend(files: Files, file: File, pointer: str, patience: int) -> Target | None:
    """The place that a pointer names, references on the way followed."""
    value, parts = file.tree, tokens(pointer)
    for index, token in enumerate(parts):
        reference = value.get("$ref") if isinstance(value, dict) else None
        if isinstance(reference, str) and token not in value:
            return _behind(files, file, join("", *parts[:index]), parts[index:], patience)
        try:
            value = step(value, token)
        except KeyError:
            return None
    return Target(file, pointer)


def _behind(
    files: Files, file: File, pointer: str, rest: list[str], patience: int
) -> Target | None:
    """The place below what the reference at a pointer leads to."""
    reference = resolve(file.tree, pointer)["$ref"]
    if not patience:
        return None
    found = files.find(file, pointer, reference)
    if found is None:
        return None
    around, inner = found[1], unquote(reference.partition("#")[2])
    named = found[0].identifiers.anchor(around, inner) if inner else around
    if named is None:
        named = around + inner
        if around and _descend(files, found[0], named, patience - 1) is None:
            named = inner
    return _descend(files, found[0], join(named, *rest), patience - 1)
