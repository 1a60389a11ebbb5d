"""Rules on how media types are written: `encoding`, and `itemSchema`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.event_stream import sequential_kind
from specloom.lint.check import Check, Finding
from specloom.lint.whole import whole
from specloom.media_types import essence, is_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

ENCODING_OF_NOTHING = Rule(
    "OAS620",
    "encoding-of-nothing",
    "encoding names a property that the schema does not have",
    "Each key of `encoding` must be a property of the schema (OAS 3.2 §4.14.5). One that is not "
    "encodes nothing, and the property that was meant is encoded by default. Correct the name.",
    Severity.WARNING,
)
IGNORED_ENCODING = Rule(
    "OAS621",
    "ignored-encoding",
    "encoding has no effect on this media type",
    "`encoding` says how the parts of a form are written, so it applies to `multipart` and "
    "`application/x-www-form-urlencoded` alone (OAS 3.2 §4.14.5), `prefixEncoding` and "
    "`itemEncoding` to `multipart`. Elsewhere it is ignored. Correct the media type, or remove it.",
    Severity.WARNING,
)
ITEMS_OF_ONE = Rule(
    "OAS622",
    "items-of-one",
    "itemSchema has no effect on this media type",
    "`itemSchema` is of the items of a sequential media type, such as `text/event-stream` or "
    "`application/jsonl`, or of the parts of `multipart` (OAS 3.2 §4.14.3). JSON and forms are "
    "one value each: say by `schema` what that is.",
    Severity.WARNING,
)

_FORM: Final = "application/x-www-form-urlencoded"
_ENCODINGS: Final = ("encoding", "prefixEncoding", "itemEncoding")


def encodings_of_nothing(node: Node, scope: Scope) -> Iterator[Finding]:
    """The keys of a media type's encoding that are no properties of its schema."""
    encoding, schema = node.value.get("encoding"), node.value.get("schema")
    if not encoding or not isinstance(schema, dict) or not _is_form(node):
        return
    known = whole(scope.tree, schema)
    if known.names and not known.are_open:
        for name in encoding:
            if name not in known.names:
                place = join(node.pointer, "encoding", name)
                yield Finding(place, f"the schema has no property {name!r}")


def ignored_encodings(node: Node, _scope: Scope) -> Iterator[Finding]:
    """A media type's encodings, if it is nothing that has parts."""
    for keyword in _ENCODINGS:
        if keyword in node.value and not _has_parts(str(node.key), keyword):
            message = f"{keyword!r} has no effect on {essence(str(node.key))!r}"
            yield Finding(join(node.pointer, keyword), message)


def _is_form(node: Node) -> bool:
    return _has_parts(str(node.key), "encoding")


def _has_parts(media_type: str, keyword: str) -> bool:
    kind = essence(media_type)
    # A component's key is its name, which tells nothing.
    unknown = "/" not in kind or "*" in kind
    return unknown or kind.startswith("multipart/") or (kind == _FORM and keyword == "encoding")


def items_of_one(node: Node, _scope: Scope) -> Iterator[Finding]:
    """A media type's itemSchema, if it is one value."""
    kind = essence(str(node.key))
    if (
        "itemSchema" in node.value
        and not sequential_kind(kind)
        and (is_json(kind) or kind == _FORM)
    ):
        yield Finding(join(node.pointer, "itemSchema"), f"{kind!r} is one value, and has no items")


CHECKS = (
    Check(ENCODING_OF_NOTHING, "media-type", encodings_of_nothing),
    Check(IGNORED_ENCODING, "media-type", ignored_encodings),
    Check(ITEMS_OF_ONE, "media-type", items_of_one),
)
