"""The body of a request into its value, by its media type (OAS 3.2 §4.14, §4.15)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from .media_types import fits_range, is_json
from .parameters import WrongRequestError
from .styles import query_texts
from .texts import Shapes

if TYPE_CHECKING:
    from .contents import Content
    from .request import Request


@dataclass(frozen=True)
class File:
    """A part that is a file."""

    content: bytes
    name: str | None
    media_type: str | None


def read_body(request: Request, content: Content) -> Any:
    """The value of a body. Raises WrongRequestError."""
    kind = request.media_type
    try:
        if is_json(kind):
            return json.loads(request.content, parse_constant=_refuse)
        if kind == "application/x-www-form-urlencoded":
            return _form(request.content.decode("ascii"), content)
        if kind.startswith("multipart/"):
            return _multipart(request, content)
        if kind.startswith("text/"):
            return request.content.decode()
    except (ValueError, RecursionError) as error:
        raise WrongRequestError(f"the body is no {kind}: {error}") from None
    return request.content


def without_files(value: Any) -> Any:
    """A value whose files are texts, which a schema can tell nothing of."""
    if isinstance(value, dict):
        return {name: without_files(item) for name, item in value.items()}
    if isinstance(value, list):
        return [without_files(item) for item in value]
    return "file" if isinstance(value, File) else value


def _form(text: str, content: Content) -> dict[str, Any]:
    shapes = Shapes(content.schema)
    pairs = [part.partition("=")[::2] for part in text.split("&") if part]
    encoding = content.described.get("encoding") or {}
    made: dict[str, Any] = {}
    for name in dict.fromkeys(unquote_plus(key).partition("[")[0] for key, _ in pairs):
        below = shapes.below(content.schema, name)
        said = encoding.get(name) or {}
        style = said.get("style", "form")
        own = {unquote_plus(key) for key, _ in pairs}
        name_ = (
            name
            if name in own or style == "deepObject"
            else next(k for k in own if k.startswith(name))
        )
        kinds = [kind for kind in shapes.kinds(below) if kind != "object" or style == "deepObject"]
        texts = query_texts(
            pairs,
            name_,
            style,
            (kinds or ["text"])[0],
            explode=said.get("explode", style == "form"),
        )
        made[name_] = shapes.value(shapes.below(content.schema, name_), texts)
    return made


def _multipart(request: Request, content: Content) -> dict[str, Any]:
    shapes = Shapes(content.schema)
    encoding = content.described.get("encoding") or {}
    made: dict[str, Any] = {}
    for name, part in _parts(request):
        below = shapes.below(content.schema, name)
        is_array = "array" in shapes.types(below)
        below = shapes.below(below, 0) if is_array else below
        _check_type(name, part, (encoding.get(name) or {}).get("contentType"))
        value = _part(part, below, shapes)
        if is_array:
            made.setdefault(name, []).append(value)
        elif name in made:
            raise WrongRequestError(f"{name} is there twice")
        else:
            made[name] = value
    return made


def _part(part: File, schema: Any, shapes: Shapes) -> Any:
    if part.name is None and is_json(part.media_type or ""):
        return json.loads(part.content)
    if part.name is not None or any("x-binary" in each for each in shapes.parts(schema)):
        return part
    return shapes.value(schema, part.content.decode())


def _check_type(name: str, part: File, wanted: str | None) -> None:
    media_type = (part.media_type or "text/plain").partition(";")[0].strip().lower()
    ranges = [one.partition(";")[0].strip() for one in (wanted or "*/*").split(",")]
    if not any(fits_range(media_type, one) for one in ranges):
        raise WrongRequestError(f"the part {name} is {media_type} instead of {wanted}")


def _parts(request: Request) -> list[tuple[str, File]]:
    found = re.search(r'boundary="?([^";]+)"?', request.header("content-type") or "")
    if found is None:
        raise ValueError("no boundary")
    boundary = b"--" + found[1].encode()
    if not request.content.startswith(boundary):
        if request.content.strip() in {b"", boundary + b"--"}:
            return []
        raise ValueError("it doesn't begin with its boundary")
    pieces = (b"\r\n" + request.content).split(b"\r\n" + boundary)
    if not pieces[-1].startswith(b"--"):
        raise ValueError("it has no end")
    return [_split(piece.removeprefix(b"\r\n")) for piece in pieces[1:-1]]


def _split(piece: bytes) -> tuple[str, File]:
    head, _, content = piece.partition(b"\r\n\r\n")
    lines = [line.partition(":")[::2] for line in head.decode().split("\r\n")]
    headers = {name.strip().lower(): text.strip() for name, text in lines}
    said = headers.get("content-disposition", "")
    name = re.search(r'\bname="((?:[^"\\]|\\.)*)"', said)
    if name is None:
        raise ValueError("a part has no name")
    filename = re.search(r'\bfilename="((?:[^"\\]|\\.)*)"', said)
    file = File(content, filename and _unescaped(filename[1]), headers.get("content-type"))
    return _unescaped(name[1]), file


def _unescaped(text: str) -> str:
    """As browsers escape names (HTML, multipart/form-data encoding algorithm)."""
    return text.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n").replace('\\"', '"')


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")
