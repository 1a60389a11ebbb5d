"""A file into a Document: the tree, and the line and column of any JSON pointer.

Knows nothing of OpenAPI.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Collector, Location, Rule

from .pointer import join, tokens
from .source import JsonSource, ParseError, Source
from .yaml_source import YamlSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

UNREADABLE = Rule(
    "DOC001",
    "unreadable-file",
    "a file can't be read",
    "The file is missing, is no regular file, may not be read, or is not UTF-8 text.",
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
        parts = tokens(pointer)
        for length in range(len(parts), -1, -1):
            found = self.origins.get(join("", *parts[:length]))
            if found:
                return found[0], join(found[1], *parts[length:])
        return self.source, pointer

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
    text = _text(path, file, collector)
    kind = JsonSource if path.suffix == ".json" else YamlSource
    source = kind(file, text)
    try:
        tree = source.parse()
    except ParseError as error:
        collector.halt(UNPARSABLE, str(error), Location(file, error.line, error.column))
    if _is_too_deep(tree):
        collector.halt(UNPARSABLE, "nested too deeply", Location(file))
    if not isinstance(tree, dict):
        collector.halt(NO_OBJECT, "the top of the document is not an object", Location(file))
    return Document(tree, source)


def _is_too_deep(tree: Any) -> bool:
    """Whether a tree is so deep that stages that recurse would fail."""
    level = [tree]
    for _ in range(_DEEPEST):
        level = [child for value in level for child in _children(value)]
    return bool(level)


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _text(path: Path, file: str, collector: Collector) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        collector.halt(UNREADABLE, f"can't be read: {error.strerror}", Location(file))
    except UnicodeDecodeError as error:
        collector.halt(UNREADABLE, f"is not UTF-8 at byte {error.start}", Location(file))
    except ValueError as error:
        collector.halt(UNREADABLE, f"can't be read: {error}", Location(file))
    if not text.strip():
        collector.halt(EMPTY, "the document is empty", Location(file))
    return text
