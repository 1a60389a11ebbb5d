"""What can be uploaded, and the parts of a multipart body that it becomes.

Content is read only while it is sent. Knows nothing of HTTP beyond a part's content type.
"""

import mimetypes
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from io import BufferedIOBase, RawIOBase, TextIOBase
from os import PathLike
from pathlib import Path
from typing import IO, Any, TypeAlias, TypeGuard, cast

# Unlike for `str.isprintable`, any space is: the names of macOS's screenshots have rare ones.
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]*")
FileContent: TypeAlias = bytes | IO[bytes] | PathLike[str]
"""A path, bytes, or a file open for reading bytes, which is sent from its start."""
FileTypes: TypeAlias = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str | None]
"""A content alone, with its name, or with its name and content type."""


@dataclass(frozen=True)
class Part:
    """One part of a multipart body (RFC 7578 §4); a file if it has a filename."""

    name: str
    content: FileContent
    content_type: str
    filename: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EncodedBody:
    """What is sent as a body: a content, or parts, whose boundary is chosen when they are sent."""

    content_type: str | None = None
    content: FileContent | None = None
    parts: tuple[Part, ...] = ()

    @property
    def is_repeatable(self) -> bool:
        """Whether every file can be read a second time."""
        contents: list[Any] = [self.content, *(part.content for part in self.parts)]
        return all(file.seekable() for file in contents if hasattr(file, "seekable"))


def file_part(name: str, file: FileTypes, wanted: str = "") -> Part:
    """Describe a file, always with a filename and a content type; an error if it is none.

    What is not given is guessed by the name, as one of the media types and ranges that are
    `wanted`, if any.
    """
    filename, content, content_type = _triple(file)
    for text in (filename, content_type or ""):
        if not isinstance(text, str) or not _PRINTABLE.fullmatch(text):
            raise ValueError("a file's name and content type should be printable strings")
    guessed = content_type or mimetypes.guess_type(filename)[0] or "application/octet-stream"
    if not content_type and not is_among(guessed, wanted):
        guessed = next((kind for kind in _listed(wanted) if "*" not in kind), guessed)
    return Part(name, checked_content(content), guessed, filename or "upload")


def whole_file(file: FileTypes, wanted: str) -> EncodedBody:
    """Describe a body of a range of media types, where the file says which; ValueError if not."""
    part = file_part("body", file)
    if not is_among(part.content_type, wanted):
        raise ValueError(f"should be (name, content, media type), with one of {wanted}")
    return EncodedBody(part.content_type, part.content)


def is_among(media_type: str, wanted: str) -> bool:
    """Whether a media type is one of those listed, or of their ranges; any is if none is listed."""
    kind = media_type.partition(";")[0].strip().lower()
    return not wanted or any(
        fnmatchcase(kind, each.partition(";")[0].lower()) for each in _listed(wanted)
    )


def _listed(media_types: str) -> list[str]:
    return [each.strip() for each in media_types.split(",")]


def checked_content(content: Any) -> FileContent:
    """Give back what can be sent as bytes; TypeError or ValueError for the rest."""
    if isinstance(content, bytes | PathLike) or _is_binary(content):
        return content
    kind = type(content).__name__
    raise TypeError(f"should be a pathlib.Path, bytes or a file open in binary mode, not {kind}")


def open_content(content: FileContent | None, opened: ExitStack) -> bytes | IO[bytes] | None:
    """Open a path, to be closed with `opened`, and rewind a file."""
    if content is None or isinstance(content, bytes):
        return content
    if isinstance(content, PathLike):
        return opened.enter_context(Path(content).open("rb"))
    if content.seekable():
        content.seek(0)
    return cast("IO[bytes]", _Unmeasured(content))


class _Unmeasured:
    """An open file without its descriptor, whose size need not be that of what it gives."""

    def __init__(self, file: Any) -> None:
        self.read, self._lines = file.read, file.__iter__
        if file.seekable():
            self.seek, self.tell = file.seek, file.tell

    def __iter__(self) -> Iterator[bytes]:
        return self._lines()  # type: ignore[no-any-return]


def _is_binary(file: Any) -> TypeGuard[IO[bytes]]:
    if getattr(file, "closed", False):
        raise ValueError("the file is closed")
    # A member of a zip archive says "r", and gives bytes.
    is_text = "b" not in str(getattr(file, "mode", "b")) or isinstance(file, TextIOBase)
    is_binary = isinstance(file, BufferedIOBase | RawIOBase) or not is_text
    if is_binary and hasattr(file, "readable") and not file.readable():
        raise ValueError("the file is not open for reading")
    return is_binary and hasattr(file, "read") and hasattr(file, "seekable")


def _triple(file: Any) -> tuple[str, Any, str | None]:
    if isinstance(file, tuple):
        if len(file) not in {2, 3}:
            raise ValueError("should be (name, content) or (name, content, content type)")
        filename, content, *content_type = file
        return filename, content, content_type[0] if content_type else None
    path = file if isinstance(file, PathLike) else getattr(file, "name", None)
    # An open file may have a descriptor for its name.
    return (Path(path).name if isinstance(path, str | PathLike) else "upload"), file, None
