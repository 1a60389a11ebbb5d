"""A file into a Document: the tree, and the line and column of any JSON pointer.

Knows nothing of OpenAPI.
"""

from __future__ import annotations

import codecs
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Collector, Location, Rule

from .source import JsonSource, ParseError, Source
from .yaml_source import YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

UNREADABLE = Rule(
    "DOC001",
    "unreadable-file",
    "a file can't be read",
    "The file is missing, is no regular file, may not be read, is larger than 256 MiB, "
    "or is not UTF-8 text.",
    exit_status=2,
)
EMPTY = Rule(
    "DOC002",
    "empty-document",
    "the document is empty",
    "The file holds no text at all, which a broken download or an interrupted save leaves behind.",
)
UNPARSABLE = Rule(
    "DOC003",
    "unparsable-document",
    "the document is neither JSON nor YAML",
    "A `.json` file must be JSON (RFC 8259); any other is read as YAML 1.2 (core schema). Neither "
    "may nest more than 200 levels deep, give a key of an object twice, or hold a number that is "
    "not finite or has thousands of digits.",
)
NO_OBJECT = Rule(
    "DOC004",
    "no-object",
    "the document is not an object",
    "An OpenAPI document is a JSON object with the fields `openapi`, `info` and others.",
)

_DEEPEST: Final = 200
_MOST_BYTES: Final = 256 * 1024 * 1024


class UnreadableError(Exception):
    """A file can't be read; says why."""


RULES = (UNREADABLE, EMPTY, UNPARSABLE, NO_OBJECT)


@dataclass(slots=True)
class Document:
    """A tree of plain values, and where each part of it was written.

    `origins` says which parts came from elsewhere than the same pointer of `source`: a pointer
    to the source and pointer that it, and all below it, was taken from.
    """

    tree: dict[str, Any]
    source: Source
    origins: dict[str, tuple[Source, str]] = field(default_factory=dict)

    def origin(self, pointer: str) -> tuple[Source, str]:
        """The source and the pointer in it from which a part of the tree came."""
        place = pointer
        while place not in self.origins:
            if not place:
                return self.source, pointer
            place = place.rpartition("/")[0]
        source, written = self.origins[place]
        return source, written + pointer[len(place) :]

    def locate(self, pointer: str) -> Location:
        """Where a part of the tree was written, or the nearest part around it."""
        source, written = self.origin(pointer)
        line, column = source.position(written)
        return Location(source.file, line, column, pointer)


def load(path: Path, collector: Collector, name: str | None = None) -> Document:
    """Read a JSON or YAML file whose top is an object; `name` is how diagnostics call it.

    Raises HaltedError with the place if it can't be read or is not such a file.
    """
    file = name or str(path)
    try:
        content = bytes_of(path)
    except UnreadableError as error:
        collector.halt(UNREADABLE, f"can't be read: {error}", Location(file))
    tree, source = parse(content, file, collector, is_json=path.suffix == ".json")
    if not isinstance(tree, dict):
        collector.halt(NO_OBJECT, "the top of the document is not an object", Location(file))
    return Document(tree, source)


def bytes_of(path: Path) -> bytes:
    """What is in a file, which can't be a device or a pipe without end. Raises UnreadableError."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UnreadableError("is a folder")
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableError("is no regular file")
        if about.st_size > _MOST_BYTES:
            raise UnreadableError(f"is larger than {_MOST_BYTES} bytes")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from None
    except ValueError as error:
        raise UnreadableError(str(error)) from None


def parse(
    content: bytes, file: str, collector: Collector, *, is_json: bool | None = None
) -> tuple[Any, Source]:
    """The tree of a file's content, and the source of its places; by its name JSON or YAML.

    Raises HaltedError with the place if it is neither.
    """
    text = _text(content, file, collector)
    if is_json is None:
        is_json = file.endswith(".json")
    source = (JsonSource if is_json else YamlSource)(file, text)
    try:
        tree = source.parse()
    except ParseError as error:
        collector.halt(UNPARSABLE, str(error), Location(file, error.line, error.column))
    if is_too_deep(tree):
        collector.halt(UNPARSABLE, "nested too deeply", Location(file))
    return tree, source


def is_too_deep(tree: Any) -> bool:
    """Whether a tree is so deep that stages that recurse would fail."""
    level = [tree]
    for _ in range(_DEEPEST):
        level = [child for value in level for child in _children(value)]
    return bool(level)


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _text(content: bytes, file: str, collector: Collector) -> str:
    # Some editors and shells write UTF-16; only the mark at its beginning tells it for sure.
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        kind = "UTF-16" if utf_16 else "UTF-8"
        collector.halt(UNREADABLE, f"is not {kind} at byte {error.start}", Location(file))
    if not text.strip():
        collector.halt(EMPTY, "the document is empty", Location(file))
    return text
