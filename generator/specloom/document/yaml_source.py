"""YAML text into a tree of the values that JSON has, and any pointer into its place.

Only YAML 1.2's core schema (§10.3), and `<<`, is read. Knows nothing of OpenAPI.
"""

from __future__ import annotations

import math
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.constructor import ConstructorError
from yaml.reader import ReaderError

from .aliases import TooManyError, unshared
from .pointer import tokens
from .source import ParseError, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TAG: Final = "tag:yaml.org,2002:"
_MERGE: Final = _TAG + "merge"
_MOST_MERGED: Final = 1_000_000


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's core schema: no timestamps, no `yes`, and keys are always text, as in JSON."""

    # Fresh tables instead of the parent's.
    yaml_implicit_resolvers = {}  # noqa: RUF012
    yaml_constructors = {  # noqa: RUF012
        _TAG + "map": yaml.CSafeLoader.construct_yaml_map,
        _TAG + "seq": yaml.CSafeLoader.construct_yaml_seq,
        _TAG + "str": yaml.CSafeLoader.construct_yaml_str,
        _MERGE: yaml.CSafeLoader.construct_yaml_str,
        None: yaml.CSafeLoader.construct_undefined,
    }

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._flattened: set[int] = set()
        self._merged = 0

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """The mapping, its keys as written."""
        if not isinstance(node, yaml.MappingNode):
            raise _refusal(node, "this is no mapping")
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep) for key, value in node.value}

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Replace `<<` by what it names, once, when the keys are known to differ."""
        if id(node) in self._flattened:
            return
        self._flattened.add(id(node))
        _check_keys(node)
        merged: dict[str, Any] = {}
        for parent in _parents(node):
            self.flatten_mapping(parent)
            self._count_merged(parent)
            merged = {key.value: (key, value) for key, value in parent.value} | merged
        own = {key.value: (key, value) for key, value in node.value if key.tag != _MERGE}
        node.value = list((merged | own).values())

    def _count_merged(self, parent: yaml.MappingNode) -> None:
        # A short text could merge long mappings into very many.
        self._merged += len(parent.value)
        if self._merged > _MOST_MERGED:
            raise _refusal(parent, "`<<` adds these keys too often")


def _parents(node: yaml.MappingNode) -> Iterator[yaml.MappingNode]:
    """The mappings that `<<` names, the first of which wins."""
    for named in (value for key, value in node.value if key.tag == _MERGE):
        for parent in named.value if isinstance(named, yaml.SequenceNode) else [named]:
            if not isinstance(parent, yaml.MappingNode):
                raise _refusal(parent, "`<<` must name mappings")
            yield parent


def _check_keys(node: yaml.MappingNode) -> None:
    names: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _refusal(key, "a key must be a scalar")
        if key.value in names:
            raise _refusal(key, f"the key {key.value!r} is given twice")
        names.add(key.value)


def _refusal(node: yaml.Node, problem: str) -> ConstructorError:
    return ConstructorError(None, None, problem, node.start_mark)


def _integer(text: str) -> int:
    number = int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    # As many digits as Python writes: a number of base 16 is read with any.
    str(number)
    return number


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number


def _add_scalar(name: str, pattern: str, first: list[str], construct: Callable[[str], Any]) -> None:
    """Let scalars of a form, or with the tag, be read by a function that may raise ValueError."""
    form = re.compile(pattern)

    def constructor(_loader: _Loader, node: yaml.Node) -> Any:
        try:
            if isinstance(node, yaml.ScalarNode) and form.match(node.value):
                return construct(node.value)
        except ValueError:
            raise _refusal(node, "a number is not finite or too long") from None
        raise _refusal(node, f"this is no {name}")

    _Loader.add_implicit_resolver(_TAG + name, form, first)
    _Loader.add_constructor(_TAG + name, constructor)


_add_scalar("null", r"^(?:~|null|Null|NULL|)\Z", ["~", "n", "N", ""], lambda _: None)
_add_scalar(
    "bool",
    r"^(?:true|True|TRUE|false|False|FALSE)\Z",
    list("tTfF"),
    lambda text: text.lower() == "true",
)
_add_scalar("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z", list("-+0123456789"), _integer)
_add_scalar(
    "float",
    (
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
    ),
    list("-+0123456789."),
    _float,
)
_Loader.add_implicit_resolver(_MERGE, re.compile(r"^<<\Z"), ["<"])


class YamlSource(Source):
    """YAML 1.2 (core schema)."""

    def parse(self) -> Any:
        """The tree. Raises ParseError."""
        try:
            return unshared(yaml.load(self.text, _Loader))  # noqa: S506 - a safe loader's subclass
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise ParseError(f"not YAML: {error.problem or error.context}", line, column) from None
        except ReaderError as error:
            # Its own position counts bytes.
            line, column = self.line_column(self.text.find(chr(error.character)))
            raise ParseError(f"not YAML: {error.reason}", line, column) from None
        except RecursionError:
            raise ParseError("nested too deeply", 1, 1) from None
        except TooManyError:
            raise ParseError("its aliases stand for too many values", 1, 1) from None

    def offset(self, pointer: str) -> int:
        """Where a pointer's key (or array item) starts, or the nearest parent's that exists."""
        node, place = self._root, self._root
        for token in tokens(pointer):
            found = _child(node, token)
            if found is None:
                break
            place, node = found
        return int(place.start_mark.index) if place is not None else 0

    @cached_property
    def _root(self) -> Any:
        return yaml.compose(self.text, _Loader)


def _child(node: Any, token: str) -> tuple[Any, Any] | None:
    """The key's node and the value's node of a child, or None."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == token), None)
    if isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        return node.value[int(token)], node.value[int(token)]
    return None
