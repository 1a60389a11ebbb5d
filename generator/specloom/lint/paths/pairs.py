"""Rules on pairs of paths that a server can't tell apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.lint.check import Check, Finding
from specloom.lint.operations import served

from .template import expressions, segments, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

IDENTICAL_PATHS = Rule(
    "OAS223",
    "identical-paths",
    "two paths differ only by the names of their variables",
    "`/things/{id}` and `/things/{name}` are the same path (OAS 3.2 §4.8), so no request can "
    "choose between them. Make them one, with the operations of both.",
)
AMBIGUOUS_PATHS = Rule(
    "OAS224",
    "ambiguous-paths",
    "two paths match the same request",
    "A path without variables comes before one with them (OAS 3.2 §4.8); `/{entity}/me` and "
    "`/books/{id}` both match `/books/me`, and which is meant is up to each server. Types that "
    "keep them apart, such as an integer, count.",
    Severity.WARNING,
)

_MOST_LOOKED_AT: Final = 200
_VARIABLE: Final = "{}"
_NOT_TEXT: Final = ("integer", "number", "boolean")


def identical_paths(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path that an earlier one is but for the names of the variables."""
    seen: dict[str, str] = {}
    for path in served.paths(scope):
        first = seen.setdefault(skeleton(path.name), path.name)
        if first != path.name:
            yield Finding(path.pointer, f"{path.name} is the same path as {first}")


@dataclass(slots=True)
class _Branch:
    """The paths that begin with the same segments."""

    branches: dict[str, _Branch] = field(default_factory=dict)
    ends: list[served.Path] = field(default_factory=list)


def ambiguous_paths(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path that a request may mean as well as another one, each more exact somewhere."""
    root = _Branch()
    entries = list(served.paths(scope))
    for path in entries:
        branch = root
        for segment in _segments(path):
            branch = branch.branches.setdefault(segment, _Branch())
        branch.ends.append(path)
    for path in entries:
        for other in _rivals(root, _segments(path)):
            if _meet(path, other, scope):
                request = _request(path.name, other.name)
                yield Finding(path.pointer, f"{path.name} and {other.name} both match {request}")
                break


def _request(one: str, other: str) -> str:
    """What two paths match both: of each pair of segments the one that says more."""
    pairs = zip(segments(one), segments(other), strict=True)
    return "/" + "/".join(second if "{" in first else first for first, second in pairs)


def _segments(path: served.Path) -> list[str]:
    return [skeleton(segment) for segment in segments(path.name)]


def _rivals(root: _Branch, segments: list[str]) -> Iterator[served.Path]:
    """The paths that are first less, and somewhere more exact than the segments."""
    pending = [(root, 0, False, False)]
    # A document could be made so that each of its paths has to be compared with all others.
    for _ in range(_MOST_LOOKED_AT):
        if not pending:
            return
        branch, depth, less, more = pending.pop()
        if depth == len(segments):
            if less and more:
                yield from branch.ends
            continue
        segment = segments[depth]
        for name, below in _candidates(branch, segment, less=less):
            is_less = less or (name == _VARIABLE and segment != _VARIABLE)
            is_more = more or (name != _VARIABLE and segment == _VARIABLE)
            pending.append((below, depth + 1, is_less, is_more))


def _candidates(branch: _Branch, segment: str, *, less: bool) -> list[tuple[str, _Branch]]:
    if segment == _VARIABLE and less:
        return list(branch.branches.items())
    names = (segment,) if "{" in segment else (segment, _VARIABLE)
    return [(name, branch.branches[name]) for name in names if name in branch.branches]


def _meet(path: served.Path, other: served.Path, scope: Scope) -> bool:
    """Whether both have a method whose variables may be what the other has in their place."""
    methods = {operation.key: operation for operation in path.operations()}
    return any(
        _admits(path, methods[rival.key], other, scope) and _admits(other, rival, path, scope)
        for rival in other.operations()
        if rival.key in methods
    )


def _admits(path: served.Path, operation: Node, other: served.Path, scope: Scope) -> bool:
    """Whether the variables of an operation may have the texts in the other's segments."""
    declared = served.parameters(path, operation, scope)
    for segment, text in zip(segments(path.name), segments(other.name), strict=True):
        names = expressions(segment)
        if names and "{" not in text and segment == f"{{{names[0]}}}":
            found = declared.get(("path", names[0]))
            if found and not _may_be(scope.follow(found.value.get("schema")), text):
                return False
    return True


def _may_be(schema: Any, text: str) -> bool:
    """Whether a schema may take a text, as far as its type and its values tell."""
    if not isinstance(schema, dict):
        return True
    values = schema.get("enum", [text])
    if text not in map(str, values) or schema.get("format") == "uuid":
        return False
    return text.isdigit() or schema.get("type") not in _NOT_TEXT


CHECKS = (
    Check(IDENTICAL_PATHS, "openapi", identical_paths),
    Check(AMBIGUOUS_PATHS, "openapi", ambiguous_paths),
)
