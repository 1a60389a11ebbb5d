"""Text of a file, JSON or YAML, into a tree of plain values, and any pointer into its place.

Places are looked up only when asked for, since few are. Knows nothing of OpenAPI.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]  # in no stub, yet public
from typing import Any, ClassVar

import yaml

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
        return [0, *(match.end() for match in re.finditer("\n", self.text))]


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
    _decoder: ClassVar[json.JSONDecoder] = json.JSONDecoder()

    def parse(self) -> Any:
        """The tree. Raises ParseError."""
        self._refuse_lone_surrogates()
        try:
            return json.loads(self.text)
        except json.JSONDecodeError as error:
            raise ParseError(f"not JSON: {error.msg}", error.lineno, error.colno) from None
        except RecursionError:
            raise ParseError("nested too deeply", 1, 1) from None

    def _refuse_lone_surrogates(self) -> None:
        """Half a character can't be written in UTF-8 again (RFC 8259 §8.2)."""
        if not self._surrogate.search(self.text):
            return
        for escape in self._escape.finditer(self.text):
            if escape["lone"]:
                line, column = self.line_column(escape.start())
                raise ParseError(f"not JSON: {escape[0]} is half a character", line, column)

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


class _YamlLoader(yaml.CSafeLoader):
    """YAML 1.2's core schema: no timestamps, no `yes`, and keys are always text, as in JSON."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - a fresh table instead of the parent's

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """The mapping, its keys as written."""
        self.flatten_mapping(node)
        return {self._key(key): self.construct_object(value, deep) for key, value in node.value}

    def _key(self, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        raise yaml.constructor.ConstructorError(
            None, None, "a key must be a scalar", node.start_mark
        )


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    (
        "float",
        (
            r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$"
        ),
        list("-+0123456789."),
    ),
    ("merge", r"^(?:<<)$", ["<"]),
):
    _YamlLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _yaml_int(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


_YamlLoader.add_constructor("tag:yaml.org,2002:int", _yaml_int)


class YamlSource(Source):
    """YAML 1.2 (core schema)."""

    def parse(self) -> Any:
        """The tree. Raises ParseError."""
        try:
            return yaml.load(self.text, _YamlLoader)  # noqa: S506 - a safe loader's subclass
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise ParseError(f"not YAML: {error.problem or error.context}", line, column) from None
        except yaml.YAMLError as error:
            raise ParseError(f"not YAML: {error}", 1, 1) from None
        except RecursionError:
            raise ParseError("nested too deeply", 1, 1) from None

    def offset(self, pointer: str) -> int:
        """Where a pointer's key (or array item) starts, or the nearest parent's that exists."""
        node, place = self._root, self._root
        for token in tokens(pointer):
            found = _yaml_child(node, token)
            if found is None:
                break
            place, node = found
        return int(place.start_mark.index) if place is not None else 0

    @cached_property
    def _root(self) -> Any:
        return yaml.compose(self.text, _YamlLoader)


def _yaml_child(node: Any, token: str) -> tuple[Any, Any] | None:
    """The key's node and the value's node of a child, or None."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == token), None)
    if isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        return node.value[int(token)], node.value[int(token)]
    return None
