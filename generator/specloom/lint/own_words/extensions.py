"""Rules on the words of ours in a document: each is well-formed and means what is there.

What each word may hold is in `words`; this is about what it names elsewhere in the document.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from specloom.diagnostics import Rule
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

from . import (
    event_stream_word,
    extensible_enum_word,
    idempotent_word,
    pagination_word,
    stream_selector_word,
)
from .words import (
    EQUALS,
    EVENT_STREAM,
    EXTENSIBLE_ENUM,
    IDEMPOTENT,
    PAGINATION,
    STREAM_SELECTOR,
    WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

    from .words import Word

BAD_EVENT_STREAM = Rule(
    "OAS901",
    "bad-event-stream",
    "x-event-stream is not well-formed",
    "It says how the events of a stream follow one another: `tag`, the property that names an "
    "event; `ends`, the events that end a stream; `after-end`, those that may follow; `constant`, "
    "the properties that stay the same; `keep-alive`, the event without data; `error`, the one "
    "that reports an error; `text`, the event and its field that carry the text; `replacement`, "
    "those whose text stands for all before it. The events and properties must be those of the "
    "stream's schemas.",
)
BAD_STREAM_SELECTOR = Rule(
    "OAS902",
    "bad-stream-selector",
    "x-stream-selector is not well-formed",
    "It says which request field chooses between JSON and a stream: `field`, a property of the "
    "JSON request body; `stream` and `json`, its values. The operation must answer both.",
)
BAD_PAGINATION = Rule(
    "OAS903",
    "bad-pagination",
    "x-pagination is not well-formed",
    "It says how the operation pages: one of `page`, `offset` and `cursor`, and `size`, are query "
    "parameters; `items` (a list), `next` (the next cursor) and `more` are JSON pointers into the "
    "answer.",
)
MISPLACED_WORD = Rule(
    "OAS904",
    "misplaced-word",
    "a word of ours stands where it means nothing",
    "`x-event-stream` stands on the media type of a stream; `x-stream-selector`, `x-pagination` "
    "and `x-idempotent` stand on an operation; `x-extensible-enum` and `x-equals` on a schema. "
    "Elsewhere nobody reads them.",
)
BAD_IDEMPOTENT = Rule(
    "OAS905",
    "bad-idempotent",
    "x-idempotent is not well-formed",
    "It says of an operation what its method does not (RFC 9110 §9.2.2): true on one such as POST "
    "that does no harm when it is sent twice, false on one such as PUT that does.",
)
BAD_EXTENSIBLE_ENUM = Rule(
    "OAS906",
    "bad-extensible-enum",
    "x-extensible-enum is not well-formed",
    "It lists the values that are known so far, where more may come; `enum` is for lists that are "
    "closed. Each value must fit the schema that it stands on.",
)
BAD_EQUALS = Rule(
    "OAS907",
    "bad-equals",
    "x-equals is not well-formed",
    "It says what a value in an answer repeats, by a runtime expression (OAS 3.2 §4.20.2): "
    "`$statusCode`, or what was sent as `$request.body#/…`, `$request.header.…`, "
    "`$request.query.…` or `$request.path.…`.",
)


def _says_all(_node: Node, _scope: Scope) -> Iterator[Finding]:
    """No fault, for a word that names nothing elsewhere."""
    return iter(())


def _well_formed(
    word: Word, meaning: Callable[[Node, Scope], Iterator[Finding]] = _says_all
) -> Callable[[Node, Scope], Iterator[Finding]]:
    """A check of a word's shape, and, if that is right, of its meaning."""

    def find(node: Node, scope: Scope) -> Iterator[Finding]:
        if word.name in node.value:
            faults = list(word.shape_faults(node))
            yield from faults or meaning(node, scope)

    return find


def misplaced_words(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every word of ours on an object of another kind than its own."""
    for node in chain.from_iterable(scope.nodes.values()):
        for word in WORDS:
            if word.name in node.value and node.kind != word.kind:
                message = f"{word.name} means something on an object of another kind only"
                yield Finding(join(node.pointer, word.name), message, f"move it to the {word.kind}")


CHECKS = (
    Check(BAD_EVENT_STREAM, "media-type", _well_formed(EVENT_STREAM, event_stream_word.faults)),
    Check(
        BAD_STREAM_SELECTOR, "operation", _well_formed(STREAM_SELECTOR, stream_selector_word.faults)
    ),
    Check(BAD_PAGINATION, "operation", _well_formed(PAGINATION, pagination_word.faults)),
    Check(BAD_IDEMPOTENT, "operation", _well_formed(IDEMPOTENT, idempotent_word.faults)),
    Check(
        BAD_EXTENSIBLE_ENUM, "schema", _well_formed(EXTENSIBLE_ENUM, extensible_enum_word.faults)
    ),
    Check(BAD_EQUALS, "schema", _well_formed(EQUALS)),
    Check(MISPLACED_WORD, "openapi", misplaced_words),
)
