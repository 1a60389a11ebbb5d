"""YAML text into a tree of the values that JSON has, and any pointer into its place.

Only YAML 1.2's core schema (§10.3), and `<<`, is read. Knows nothing of OpenAPI.
"""

from __future__ import annotations

from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml
from yaml.reader import ReaderError

from .copied import copied
from .pointer import tokens
from .source import ParseError, Source
from .weight import weight
from .yaml_scalars import TAG, ScalarError, scalar

if TYPE_CHECKING:
    from collections.abc import Generator

_DEEPEST: Final = 250
_HEAVIEST: Final = 1_000_000
_KINDS: Final = {
    TAG + "map": "mapping",
    TAG + "seq": "sequence",
    **{TAG + kind: kind for kind in ("str", "null", "bool", "int", "float")},
}


class YamlSource(Source):
    """YAML 1.2 (core schema)."""

    def parse(self) -> Any:
        """The tree. Raises ParseError."""
        with closing(self.events()) as events:
            return _Reader(events).document()

    def events(self) -> Generator[Any, None, None]:
        """What the text consists of, one after the other. Raises ParseError."""
        try:
            yield from yaml.parse(self.text, yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise _fault(error.problem or error.context, mark) from None
        except ReaderError as error:
            # Its own position counts bytes.
            line, column = self.line_column(max(self.text.find(chr(error.character)), 0))
            raise ParseError(f"not YAML: {error.reason}", line, column) from None

    def offset(self, pointer: str) -> int:
        """Where a pointer's key (or array item) starts, or the nearest parent's that exists."""
        place = self._top
        for token in tokens(pointer):
            if token not in place.inner:
                break
            place = place.inner[token]
        return place.offset

    @cached_property
    def _top(self) -> _Place:
        with closing(self.events()) as events:
            return _Placing(events).document()


def _fault(problem: Any, mark: Any) -> ParseError:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return ParseError(f"not YAML: {problem}", line, column)


def _refusal(problem: str, event: Any) -> ParseError:
    return _fault(problem, event.start_mark)


class _Reader:
    """Events into values: each alias gets a copy of what it names, and their weight is bounded."""

    def __init__(self, events: Generator[Any, None, None]) -> None:
        self._events = events
        self._anchors: dict[str, Any] = {}
        self._weight = 0

    def document(self) -> Any:
        """The only document of the text."""
        value, has_any = None, False
        for event in self._events:
            if type(event) is yaml.DocumentStartEvent:
                if has_any:
                    raise _refusal("there is more than one document", event)
                has_any, value = True, self._value(next(self._events), 0)
        return value

    def _value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._copy(event, depth)
        if kind is yaml.ScalarEvent:
            value = self._scalar(event)
        elif depth > _DEEPEST:
            raise _refusal("nested too deeply", event)
        elif kind is yaml.MappingStartEvent:
            value = self._mapping(event, depth + 1)
        else:
            value = self._sequence(event, depth + 1)
        if event.anchor:
            self._anchors[event.anchor] = value
        return value

    def _copy(self, event: Any, depth: int) -> Any:
        if event.anchor not in self._anchors:
            raise _refusal("an alias names nothing that ends before it", event)
        value = self._anchors[event.anchor]
        self._weight += weight(value)
        if self._weight > _HEAVIEST:
            raise _refusal("its aliases stand for too many values", event)
        if depth + _height(value) > _DEEPEST + 1:
            raise _refusal("nested too deeply", event)
        return copied(value)

    def _scalar(self, event: Any) -> Any:
        try:
            return scalar(event.value, event.tag, is_plain=event.implicit[0])
        except ScalarError as error:
            raise _refusal(str(error), event) from None

    def _sequence(self, event: Any, depth: int) -> list[Any]:
        _check_tag(event, "seq")
        items = []
        while type(item := next(self._events)) is not yaml.SequenceEndEvent:
            items.append(self._value(item, depth))
        return items

    def _mapping(self, event: Any, depth: int) -> dict[str, Any]:
        _check_tag(event, "map")
        own: dict[str, Any] = {}
        merged: dict[str, Any] | None = None
        while type(event := next(self._events)) is not yaml.MappingEndEvent:
            key = self._key(event)
            is_merge = key == "<<" and event.implicit[0]
            if key in own or (is_merge and merged is not None):
                raise _refusal(f"the key {key!r} is given twice", event)
            following = next(self._events)
            value = self._value(following, depth)
            if is_merge:
                merged = _merged(value, following)
            else:
                own[key] = value
        return merged | own if merged else own

    def _key(self, event: Any) -> str:
        """A key as it is written: it is text, as in JSON."""
        if type(event) is yaml.AliasEvent:
            key = self._copy(event, 0)
        else:
            key = event.value if type(event) is yaml.ScalarEvent else None
        if not isinstance(key, str):
            raise _refusal("a key must be a scalar", event)
        if type(event) is yaml.ScalarEvent and event.anchor:
            self._anchors[event.anchor] = key
        return key


def _height(value: Any) -> int:
    """How many mappings and sequences are within one another; bounded as the depth is."""
    if not isinstance(value, dict | list):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_height, inner), default=0)


def _check_tag(event: Any, own: str) -> None:
    if event.tag in (None, "!", TAG + own):
        return
    if event.tag in _KINDS:
        raise _refusal(f"this is no {_KINDS[event.tag]}", event)
    raise _refusal(f"the tag {event.tag!r} is none of JSON's", event)


def _merged(value: Any, event: Any) -> dict[str, Any]:
    """The keys of the mappings that `<<` names, the first of which wins."""
    merged: dict[str, Any] = {}
    for parent in value if isinstance(value, list) else [value]:
        if not isinstance(parent, dict):
            raise _refusal("`<<` must name mappings", event)
        merged = parent | merged
    return merged


class _Place(NamedTuple):
    """Where a key or an item starts, and what is in its value, by key or by index."""

    offset: int
    inner: dict[str, _Place]


class _Placing:
    """Events into the places of what they stand for; the text is known to be read."""

    def __init__(self, events: Generator[Any, None, None]) -> None:
        self._events = events
        self._anchors: dict[str, dict[str, _Place]] = {}

    def document(self) -> _Place:
        """The place of the document, and of all in it."""
        for event in self._events:
            if type(event) is yaml.DocumentStartEvent:
                top = next(self._events)
                return _Place(top.start_mark.index, self._inner(top))
        return _Place(0, {})

    def _inner(self, event: Any) -> dict[str, _Place]:
        """The places in a value; an alias has those of what it names."""
        kind = type(event)
        inner: dict[str, _Place] = {}
        if kind is yaml.AliasEvent:
            return self._anchors.get(event.anchor, inner)
        if kind is yaml.MappingStartEvent:
            while type(key := next(self._events)) is not yaml.MappingEndEvent:
                name = key.value if type(key) is yaml.ScalarEvent else ""
                inner[name] = _Place(key.start_mark.index, self._inner(next(self._events)))
        elif kind is yaml.SequenceStartEvent:
            while type(item := next(self._events)) is not yaml.SequenceEndEvent:
                inner[str(len(inner))] = _Place(item.start_mark.index, self._inner(item))
        if event.anchor:
            self._anchors[event.anchor] = inner
        return inner
