"""What can be uploaded, and the parts of a multipart body that it becomes.

Content is read only while it is sent. Knows nothing of HTTP beyond a part's content type.
"""

import mimetypes
from contextlib import ExitStack
from dataclasses import dataclass
from io import TextIOBase
from os import PathLike
from pathlib import Path
from typing import IO, Any, TypeAlias

# A path, bytes, or a file open for reading bytes, which is sent from its start.
FileContent: TypeAlias = bytes | IO[bytes] | PathLike[str]
# A content alone, with its name, or with its name and content type.
FileTypes: TypeAlias = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str | None]


@dataclass(frozen=True)
class Part:
    """One part of a multipart body (RFC 7578 §4); a file if it has a filename."""

    name: str
    content: FileContent
    content_type: str
    filename: str | None = None


def file_part(name: str, file: FileTypes) -> Part:
    """Describe a file, always with a filename and a content type; TypeError if it is none."""
    filename, content, content_type = _triple(file)
    guessed = content_type or mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return Part(name, checked_content(content), guessed, filename)


def checked_content(content: Any) -> FileContent:
    """Give back what can be sent as bytes; TypeError for the rest."""
    is_file = hasattr(content, "read") and hasattr(content, "seekable")
    if isinstance(content, bytes | PathLike) or (is_file and not isinstance(content, TextIOBase)):
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
    return content


def _triple(file: Any) -> tuple[str, Any, str | None]:
    if isinstance(file, tuple):
        filename, content, content_type = (*file, None)[:3]
        return filename, content, content_type
    path = file if isinstance(file, PathLike) else getattr(file, "name", None)
    # An open file may have a descriptor for its name.
    return (Path(path).name if isinstance(path, str | PathLike) else "upload"), file, None
