"""The methods of two packages into pairs: what a program calls, and what it is called now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from specloom.ir import Kind, Location

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from specloom.ir import Argument, Method, Package

_VARIABLE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Called:
    """One thing that a program calls: a method, or the walk through the pages of one."""

    attribute: str
    """Of the client, where it stands; nothing for the client itself."""
    method: Method
    walks: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        paging = self.method.paging
        return paging.name if self.walks and paging else self.method.name

    @property
    def where(self) -> str:
        """What a program writes."""
        return ".".join(part for part in ("client", self.attribute, self.name) if part)

    @property
    def operation(self) -> str:
        """The operation that it sends."""
        return f"{self.method.operation.method} {self.method.operation.path}"

    @property
    def result(self) -> tuple[str, str]:
        """What holds the result, and the type expression of what is in it."""
        paging = self.method.paging
        if self.walks and paging:
            return "Pages", f"Pages[{self.method.returns}, {paging.item}]"
        if self.method.kind is Kind.STREAM:
            return "Stream", self.method.returns
        return (
            ("BinaryResponse", "") if self.method.kind is Kind.BINARY else ("", self.method.returns)
        )

    @cached_property
    def wires(self) -> dict[str, str]:
        """The name on the wire of what each argument gives."""
        sent = self.method.operation
        names = {item.argument: item.name_wire for item in sent.parameters}
        return names | dict((sent.body.arguments if sent.body else None) or ())

    @cached_property
    def places(self) -> dict[str, str]:
        """Where the value of each argument goes: in what, and under which name."""
        sent = self.method.operation
        locations = {item.argument: item.location for item in sent.parameters}
        order = [name[1:-1] for name in _VARIABLE.findall(sent.path)]
        found = {}
        for argument, wire in self.wires.items():
            location = locations.get(argument, "body")
            # A variable of a path has a place there; its name is none of the wire's.
            is_variable = location is Location.PATH and wire in order
            found[argument] = f"{location}:{order.index(wire) if is_variable else wire}"
        return found

    @property
    def arguments(self) -> dict[str, Argument]:
        """The arguments by their names."""
        return {argument.name: argument for argument in self.method.arguments}


@dataclass(frozen=True)
class Matched:
    """What became of one thing that programs call: `old` is None where it is new, `new` if gone."""

    old: Called | None
    new: Called | None


def matched(old: Package, new: Package) -> list[Matched]:
    """What both packages let a program call, by the operations behind it.

    An operation is known by what is sent; where that has changed, by its id.
    """
    before, after = _by_operation(old), _by_operation(new)
    free = {_shape(found[0]): key for key, found in after.items()}
    shapes = {key: _shape(found[0]) for key, found in before.items()}
    pairs = {key: free.pop(shape) for key, shape in shapes.items() if shape in free}
    known = set(pairs.values())
    moved = [key for key in before if key not in pairs and key in after and key not in known]
    pairs |= {key: key for key in moved}
    known.update(moved)
    result = [
        pair
        for key, found in before.items()
        if key in pairs
        for pair in _match(found, after[pairs[key]])
    ]
    result += [
        Matched(one, None) for key, found in before.items() if key not in pairs for one in found
    ]
    result += [
        Matched(None, one) for key, found in after.items() if key not in known for one in found
    ]
    return result


def _shape(called: Called) -> tuple[str, str]:
    """The operation without the names of its path's variables, which are none of the wire's."""
    sent = called.method.operation
    return sent.method, _VARIABLE.sub("{}", sent.path)


def _by_operation(package: Package) -> dict[str, list[Called]]:
    found: dict[str, list[Called]] = {}
    for called in _called(package):
        found.setdefault(called.method.operation.id, []).append(called)
    return found


def _called(package: Package) -> Iterator[Called]:
    groups = [("", package.methods), *((one.attribute, one.methods) for one in package.resources)]
    for attribute, methods in groups:
        for method in methods:
            yield Called(attribute, method)
            if method.paging:
                yield Called(attribute, method, walks=True)


def _match(old: list[Called], new: list[Called]) -> Iterator[Matched]:
    """The variants of one operation: those of one name, then those that do the same."""
    for identity in (_named, _doing, _kind):
        there = {identity(called): called for called in reversed(new)}
        for before in list(old):
            after = there.pop(identity(before), None)
            if after:
                old.remove(before)
                new.remove(after)
                yield Matched(before, after)
    yield from (Matched(before, None) for before in old)
    yield from (Matched(None, after) for after in new)


def _named(called: Called) -> Hashable:
    return called.name, called.walks


def _doing(called: Called) -> Hashable:
    body = called.method.operation.body
    return called.method.kind, called.walks, body.media_type if body else None


def _kind(called: Called) -> Hashable:
    return called.method.kind, called.walks
