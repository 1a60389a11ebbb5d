"""A rule on answers whose media type depends on the request, without saying on what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.event_stream import sequential_kind
from specloom.lint.check import Check, Finding
from specloom.lint.own_words.words import STREAM_SELECTOR
from specloom.lint.prose.told import facts_of
from specloom.media_types import is_json

from . import served
from .answers import successes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.prose.told import Facts
    from specloom.lint.scope import Scope

UNTOLD_CHOICE = Rule(
    "OAS420",
    "untold-choice",
    "an answer is JSON or a stream by a field of the request, and the document does not say so",
    "OpenAPI can't say that a field of the request chooses the media type of the answer, so a "
    "client must offer both for every call, and a test can expect neither. Say it by "
    "`x-stream-selector` on the operation: the field, its value for the stream and that for JSON.",
    Severity.WARNING,
)

_NAME: Final = re.compile(r"stream|sse|response_?(?:mode|format|type)|\bmode$", re.IGNORECASE)
_VALUE: Final = re.compile(r"stream|sse|blocking|events?", re.IGNORECASE)


def untold_choices(_node: Node, scope: Scope) -> Iterator[Finding]:
    """The answers that may be JSON or a stream, where a field of the request seems to choose."""
    for path in served.paths(scope):
        for operation in path.operations():
            yield from _untold(path, operation, scope)


def _untold(path: served.Path, node: Node, scope: Scope) -> Iterator[Finding]:
    if STREAM_SELECTOR.name in node.value:
        return
    for answer in successes(node, scope):
        names = answer.response.get("content", {})
        has_both = any(map(sequential_kind, names)) and any(map(_is_plain_json, names))
        fields = _candidates(path, node, scope) if has_both else []
        if fields:
            named = " or ".join(f"`{name}`" for name in fields)
            message = f"JSON or a stream, it seems by {named}; no `x-stream-selector` says so"
            pointer = join(answer.pointer, "content")
            yield Finding(pointer, message, "add `x-stream-selector` to the operation")
            return


def _is_plain_json(media_type: str) -> bool:
    return is_json(media_type) and not sequential_kind(media_type)


def _candidates(path: served.Path, operation: Node, scope: Scope) -> list[str]:
    """The fields and parameters of the request that could choose a stream."""
    found = {}
    for _, parameter in served.parameters(path, operation, scope).values():
        found[str(parameter.get("name"))] = facts_of(parameter.get("schema"), scope)
    content = scope.follow(operation.value.get("requestBody", {})).get("content", {})
    for media in content.values():
        for fields in facts_of(scope.follow(media).get("schema"), scope).values("properties"):
            found.update({name: facts_of(schema, scope) for name, schema in fields.items()})
    return [name for name, said in found.items() if _chooses(name, said)]


def _chooses(name: str, said: Facts) -> bool:
    if "boolean" in said.types:
        return re.fullmatch(r"(?:is_?)?stream(?:ing|ed)?", name, re.IGNORECASE) is not None
    texts = [value for value in said.listed if isinstance(value, str)]
    return bool(_NAME.search(name)) and any(_VALUE.search(value) for value in texts)


CHECKS: Final = (Check(UNTOLD_CHOICE, "openapi", untold_choices),)
