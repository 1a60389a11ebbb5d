"""Rules on the names of media types: that they are some, and spelt as they are registered."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.media_types import essence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

NO_MEDIA_TYPE = Rule(
    "OAS623",
    "no-media-type",
    "key of content is no media type",
    "The keys of `content` are media types or ranges of them, `application/json` or `image/*` (OAS "
    "3.2 §4.12, RFC 9110 §8.3.1). Anything else is never the `Content-Type` of a body, so what it "
    "describes is never sent. Write the type in full.",
)
MISSPELT_MEDIA_TYPE = Rule(
    "OAS624",
    "misspelt-media-type",
    "media type is nearly that of another name",
    "Servers and clients compare media types letter by letter (RFC 9110 §8.3.1), so the body is "
    "not read as what was meant. Correct the name.",
    Severity.WARNING,
)

_WORD: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE: Final = re.compile(rf"{_WORD}/{_WORD}")
# RFC 6838 §4.2; `x-` and `chemical` are in use besides.
_TOP: Final = (
    "application", "audio", "font", "haptics", "image", "message", "model", "multipart", "text",
    "video", "example", "chemical", "*",
)  # fmt: skip
_COMMON: Final = (
    "application/json", "application/problem+json", "application/xml", "application/octet-stream",
    "application/x-www-form-urlencoded", "application/merge-patch+json", "application/pdf",
    "application/json-patch+json", "application/x-ndjson", "multipart/form-data",
    "multipart/mixed", "text/plain", "text/html", "text/csv", "text/event-stream", "image/jpeg",
)  # fmt: skip
_ALSO: Final = {
    "application/json5", "application/jsonl", "application/jsonc", "application/bson",
    "application/ndjson", "application/jose", "application/jose+json", "application/json-seq",
    "multipart/mixed-replace", "image/jpg", "image/jpegxl", "application/jsonp",
}  # fmt: skip


def no_media_types(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The keys of the object's content that are no media types."""
    for name in _names(node):
        if not _MEDIA_TYPE.fullmatch(essence(name)):
            hint = "write `application/json`" if essence(name) == "json" else None
            yield Finding(join(node.pointer, "content", name), f"{name!r} is no media type", hint)


def misspelt(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The keys of the object's content that are nearly well-known media types."""
    for name in _names(node):
        kind = essence(name)
        meant = _meant(kind) if _MEDIA_TYPE.fullmatch(kind) else None
        if meant:
            pointer = join(node.pointer, "content", name)
            yield Finding(pointer, f"{kind!r} is no common media type", f"{meant!r} is")


def _names(node: Node) -> list[str]:
    content = node.value.get("content")
    return [str(name) for name in content] if isinstance(content, dict) else []


def _meant(kind: str) -> str | None:
    """The media type that a name is meant to be, if it is a slip of the pen."""
    top, _, sub = kind.partition("/")
    if top not in _TOP and not top.startswith("x-"):
        near = get_close_matches(top, _TOP, n=1, cutoff=0.8)
        return f"{near[0]}/{sub}" if near else None
    alike = [common for common in _COMMON if common.startswith(f"{top}/")]
    if kind in _ALSO or kind in alike:
        return None
    near = get_close_matches(sub, [common.partition("/")[2] for common in alike], n=1, cutoff=0.88)
    return f"{top}/{near[0]}" if near else None


_HOLDERS: Final = ("parameter", "header", "request-body", "response")
CHECKS: Final = (
    *(Check(NO_MEDIA_TYPE, kind, no_media_types) for kind in _HOLDERS),
    *(Check(MISSPELT_MEDIA_TYPE, kind, misspelt) for kind in _HOLDERS),
)
