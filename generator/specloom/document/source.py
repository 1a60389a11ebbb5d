"""Text of a file into a tree of plain values, and any pointer into its place; JSON among them.

Places are looked up only when asked for, since few are. Knows nothing of OpenAPI.
"""

from __future__ import annotations

import json
import math
import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from json.decoder import scanstring  # type: ignore[attr-defined]  # in no stub, yet public
from typing import Any, ClassVar

from .pointer import tokens


class Source(ABC):
    """One file's text and what it says."""

    def __init__(self, file: str, text: str) -> None:
        """Keep the text; `file` is the name that diagnostics show."""
        self.file = file
        self.text = text

    @abstractmethod
    def parse(self) -> Any:
        """The tree. Raises ParseError with the place."""

    @abstractmethod
    def offset(self, pointer: str) -> int:
        """Where a pointer's key (or array item) starts, or the nearest parent's that exists."""

    def position(self, pointer: str) -> tuple[int, int]:
        """Line and column of a pointer, from 1."""
        return self.line_column(self.offset(pointer))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the text, from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]


class ParseError(Exception):
    """The text is not what its format allows; `line` and `column` from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        """Say what is wrong and where."""
        super().__init__(message)
        self.line = line
        self.column = column


class JsonSource(Source):
    """JSON (RFC 8259)."""

    _space: ClassVar[re.Pattern[str]] = re.compile(r"[ \t\n\r]*")
    _surrogate: ClassVar[re.Pattern[str]] = re.compile(r"\\u[dD][89a-fA-F]")
    _escape: ClassVar[re.Pattern[str]] = re.compile(
        r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<lone>\\u[dD][89a-fA-F]..)|\\."
    )
    _token: ClassVar[re.Pattern[str]] = re.compile(
        r'(?P<text>"(?:[^"\\]++|\\.)*+")(?P<key>\s*:)?|[{}]|(?P<number>-?(?:[0-9][0-9.eE+-]*|[NI]\w+))'
    )
    _decoder: ClassVar[json.JSONDecoder] = json.JSONDecoder()

    def parse(self) -> Any:
        """The tree. Raises ParseError."""
        self._refuse_lone_surrogates()
        try:
            return json.loads(
                self.text, object_pairs_hook=_object, parse_float=_number, parse_constant=_number
            )
        except json.JSONDecodeError as error:
            raise ParseError(f"not JSON: {error.msg}", error.lineno, error.colno) from None
        except RecursionError:
            raise ParseError("nested too deeply", 1, 1) from None
        except ValueError:
            raise self._fault() from None

    def _fault(self) -> ParseError:
        """The first repeated key or number that can't be kept; the text is JSON up to there."""
        names: list[set[str]] = []
        for token in self._token.finditer(self.text):
            if token[0] == "{":
                names.append(set())
            elif token[0] == "}":
                names.pop()
            elif token["key"]:
                name = json.loads(token["text"])
                if name in names[-1]:
                    return self._refusal(f"the key {name!r} is given twice", token.start())
                names[-1].add(name)
            elif token["number"] and not _is_finite(token[0]):
                return self._refusal("a number is not finite or too long", token.start())
        return ParseError("not JSON", 1, 1)

    def _refusal(self, message: str, offset: int) -> ParseError:
        return ParseError(f"not JSON: {message}", *self.line_column(offset))

    def _refuse_lone_surrogates(self) -> None:
        """Half a character can't be written in UTF-8 again (RFC 8259 §8.2)."""
        if not self._surrogate.search(self.text):
            return
        for escape in self._escape.finditer(self.text):
            if escape["lone"]:
                raise self._refusal(f"{escape[0]} is half a character", escape.start())

    def offset(self, pointer: str) -> int:
        """Where a pointer's key (or array item) starts, or the nearest parent's that exists."""
        key = value = self._after_space(0)
        for token in tokens(pointer):
            place = self._children(value).get(token)
            if place is None:
                break
            key, value = place
        return key

    @cached_property
    def _index(self) -> dict[int, dict[str, tuple[int, int]]]:
        return {}

    def _children(self, offset: int) -> dict[str, tuple[int, int]]:
        """For the container at an offset: token to the offsets of its key and of its value."""
        if offset not in self._index:
            reader = {"{": self._members, "[": self._items}.get(self.text[offset : offset + 1])
            self._index[offset] = reader(offset) if reader else {}
        return self._index[offset]

    def _members(self, offset: int) -> dict[str, tuple[int, int]]:
        places = {}
        at = self._after_space(offset + 1)
        while self.text[at] != "}":
            name, end = scanstring(self.text, at + 1)
            value = self._after_space(self._after_space(end) + 1)
            places[name] = (at, value)
            at = self._next(value)
        return places

    def _items(self, offset: int) -> dict[str, tuple[int, int]]:
        places: dict[str, tuple[int, int]] = {}
        at = self._after_space(offset + 1)
        while self.text[at] != "]":
            places[str(len(places))] = (at, at)
            at = self._next(at)
        return places

    def _next(self, value: int) -> int:
        """Where the text goes on behind a value and its comma."""
        end = self._after_space(self._decoder.raw_decode(self.text, value)[1])
        return self._after_space(end + 1) if self.text[end] == "," else end

    def _after_space(self, offset: int) -> int:
        match = self._space.match(self.text, offset)
        return match.end() if match else offset


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Raises ValueError if it gives a key twice, which RFC 8259 §4 leaves open."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError
    return members


def _number(text: str) -> float:
    """A number. Raises ValueError if it is none that JSON could write again (RFC 8259 §6)."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def _is_finite(text: str) -> bool:
    try:
        return math.isfinite(json.loads(text))
    except (ValueError, OverflowError):
        return False
