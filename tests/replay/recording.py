"""Turns the lines of a file of recordings into exchanges, and tells which version was recorded.

Knows nothing of servers. The form is that of tests/recordings/README.md.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from completion_server.settings import Compatibility
from tests.replay.exchange import Answer, Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSIONS: tuple[str, ...] = get_args(Compatibility)
FOLDER = Path(__file__).parents[1] / "recordings"


class BadRecordingError(Exception):
    """A file that can't be replayed; says where and why."""


@dataclass(frozen=True)
class Recording:
    """The exchanges of a file, in the order in which they were sent, all of one version."""

    path: Path
    version: str
    exchanges: tuple[Exchange, ...]


class _Request(BaseModel):
    method: str
    path: str
    headers: dict[str, str] = {}
    json_text: str | None = None
    form: tuple[str, ...] = ()


class _Body(BaseModel):
    text: str = ""
    base64: str = ""

    def content(self) -> bytes:
        return self.text.encode() or base64.b64decode(self.base64)


class _Response(BaseModel):
    status: int
    headers: tuple[tuple[str, str], ...]
    body: _Body

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


class _Line(BaseModel):
    name: str
    order: int = 0
    app: str | None = None
    request: _Request
    response: _Response

    def exchange(self) -> Exchange:
        request, response = self.request, self.response
        return Exchange(
            self.name,
            self.app or "",
            request.method,
            request.path,
            request.headers,
            request.json_text,
            request.form,
            Answer(response.status, response.header("content-type"), response.body.content()),
        )


def recording_of(version: str) -> Recording:
    """Read the recording that is kept of a version."""
    return read_recording(FOLDER / f"recordings-{version}.jsonl")


def read_recording(path: Path) -> Recording:
    """Read a file; raises BadRecordingError."""
    try:
        # JSON may hold U+2028, so only line feeds end lines.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRecordingError(f"{path}: can't be read: {error}") from error
    read = sorted(_read(lines, path), key=lambda line: line.order)
    if not read:
        raise BadRecordingError(f"{path}: there is no exchange")
    return Recording(path, _version(read, path), tuple(line.exchange() for line in read))


def _read(lines: list[str], path: Path) -> Iterator[_Line]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                read = _Line.model_validate_json(line)
                read.response.body.content()
            except ValidationError as error:
                raise BadRecordingError(f"{path}:{number}: {_first_problem(error)}") from error
            except ValueError as error:
                raise BadRecordingError(f"{path}:{number}: body is no base64: {error}") from error
            yield read


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, problem["loc"])) or "the line"
    return f"not a recorded exchange: {place}: {problem['msg']}"


def _version(lines: list[_Line], path: Path) -> str:
    """Take what most answers say, else what the file is called."""
    said = Counter(filter(None, (line.response.header("x-version") for line in lines)))
    named = re.search(r"\d+(?:\.\d+)+", path.name)
    if not said and not named:
        raise BadRecordingError(f"{path}: no answer has X-Version, and the name tells no version")
    version = said.most_common(1)[0][0] if said else named[0] if named else ""
    if version not in VERSIONS:
        known = " and ".join(VERSIONS)
        raise BadRecordingError(f"{path}: recorded with version {version}; known are {known}")
    return version
