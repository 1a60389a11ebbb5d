"""The text that datamodel-code-generator makes, into statements whose references can be respelt.

Knows what such a text looks like, but neither OpenAPI nor how the statements become files.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Use:
    """A class or alias of the same text, referred to."""

    name: str
    is_base: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A type that is written as a string, since it is defined further down."""

    parts: Parts


Parts = tuple[str | Use | Quoted, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The definition of a class or alias: `head` up to its type or bases, then the rest."""

    name: str
    kind: Literal["class", "alias"]
    head: str
    parts: Parts
    tail: str
    """What follows: of an alias its closing bracket, and docstrings."""

    def uses(self) -> set[str]:
        """What it refers to, its bases included."""
        return {use.name for use in _uses(self.parts)}

    def types(self) -> set[str]:
        """What its fields are made of, or what it is an alias of."""
        return {use.name for use in _uses(self.parts) if not use.is_base}

    def bases(self) -> set[str]:
        """What it inherits from."""
        return {use.name for use in _uses(self.parts) if use.is_base}

    def renamed(self, name: str) -> Statement:
        """The same under another name."""
        head = self.head.replace(self.name, name, 2 if self.kind == "alias" else 1)
        return replace(self, name=name, head=head)

    def text(self, spell: Callable[[Use], str]) -> str:
        """The definition, each reference spelt so."""
        return self.head + spelt(self.parts, spell) + self.tail


def spelt(parts: Parts, spell: Callable[[Use], str]) -> str:
    """A text, each reference spelt so."""
    return "".join(_spelt(part, spell) for part in parts)


def _spelt(part: str | Use | Quoted, spell: Callable[[Use], str]) -> str:
    if isinstance(part, Use):
        return spell(part)
    if isinstance(part, Quoted):
        text = spelt(part.parts, spell)
        return f'"{text}"' if '"' not in text and "\\" not in text else repr(text)
    return part


def unquoted(parts: Parts) -> Parts:
    """The parts with no type written as a string."""
    found: list[str | Use | Quoted] = []
    for part in parts:
        found += unquoted(part.parts) if isinstance(part, Quoted) else [part]
    return tuple(found)


def _uses(parts: Parts) -> Iterator[Use]:
    for part in unquoted(parts):
        if isinstance(part, Use):
            yield part


def read(text: str) -> tuple[list[str], dict[str, Statement]]:
    """The imports, each a line, and the definitions by their names."""
    body = ast.parse(text).body
    source = _Source(text)
    defined = {name for node in body if (name := _name(node))}
    imports: list[str] = []
    statements: dict[str, Statement] = {}
    last = ""
    for node in body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            imports.append(source.between(source.start(node), source.end(node)))
        elif name := _name(node):
            last = name
            statements[name] = source.statement(node, name, defined)
        elif _is_text(node) and last:
            said = "\n" + source.between(source.start(node), source.end(node))
            statements[last] = replace(statements[last], tail=statements[last].tail + said)
    return imports, statements


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.ClassDef):
        return node.name
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    return target.id if isinstance(target, ast.Name) else ""


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class _Source:
    """A text whose nodes are found by their places, which Python counts in bytes."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode()
        self._lines = [0]
        for line in self._bytes.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def start(self, node: ast.stmt | ast.expr) -> int:
        return self._lines[node.lineno - 1] + node.col_offset

    def end(self, node: ast.stmt | ast.expr) -> int:
        return self._lines[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)

    def between(self, start: int, end: int) -> str:
        return self._bytes[start:end].decode()

    def statement(self, node: ast.stmt, name: str, defined: set[str]) -> Statement:
        start, end = self.start(node), self.end(node)
        if isinstance(node, ast.ClassDef):
            head = start + len(f"class {name}".encode())
            return Statement(
                name, "class", self.between(start, head), self.parts(node, head, end, defined), ""
            )
        value = node.value.args[1]  # type: ignore[attr-defined]  # `X = TypeAliasType("X", …)`
        first, last = self.start(value), self.end(value)
        parts = self.parts(value, first, last, defined)
        return Statement(name, "alias", self.between(start, first), parts, self.between(last, end))

    def parts(self, node: ast.AST, start: int, end: int, defined: set[str]) -> Parts:
        found = [
            (self.start(place), self.end(place), part) for place, part in _references(node, defined)
        ]
        found.sort(key=lambda item: item[0])
        edges = [(start, start, ""), *found, (end, end, "")]
        parts: list[str | Use | Quoted] = []
        for (_, before, part), (after, _, _) in pairwise(edges):
            parts += [part, self.between(before, after)]
        return tuple(part for part in parts if part)


def _references(node: ast.AST, defined: set[str]) -> Iterator[tuple[ast.expr, Use | Quoted]]:
    """The references of a class or type, each with the expression that it is."""
    if isinstance(node, ast.Name) and node.id in defined:
        yield node, Use(node.id)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        inner = ast.parse(node.value, mode="eval").body
        yield node, Quoted(_Source(node.value).parts(inner, 0, len(node.value.encode()), defined))
    elif isinstance(node, ast.ClassDef):
        for base in node.bases:
            yield from ((place, _as_base(part)) for place, part in _references(base, defined))
        for statement in node.body:
            yield from _references(statement, defined)
    else:
        for child in _types_in(node):
            yield from _references(child, defined)


def _as_base(part: Use | Quoted) -> Use | Quoted:
    return replace(part, is_base=True) if isinstance(part, Use) else part


def _types_in(node: ast.AST) -> list[ast.AST]:
    """The types directly in a field or type; no values, which strings may be as well."""
    match node:
        case ast.AnnAssign(annotation=annotation):
            return [annotation]
        case ast.Assign(value=ast.Dict(values=values)):  # of the fields that have no name
            return [*values]
        case ast.Subscript(value=ast.Name(id="Literal")) | ast.Call() | ast.stmt():
            return []
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[first, *_])):
            return [first]
    return list(ast.iter_child_nodes(node))
