"""A generated package into its operations that a method of the client reaches.

Counted by what is there once it is imported, and not by what the generator says.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Method:
    """A method of the client, and the constant that says what it sends."""

    name: str
    call: Callable[..., Any]
    operation: Any

    @property
    def address(self) -> tuple[str, str]:
        """The method and the path template that it sends to."""
        return self.operation.method, self.operation.path

    @cached_property
    def signature(self) -> inspect.Signature:
        """Its parameters."""
        return inspect.signature(self.call)


class Package:
    """A generated client, imported."""

    def __init__(self, folder: Path, name: str, class_name: str) -> None:
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        self.name = name
        self.client_class: Any = getattr(importlib.import_module(name), class_name)

    def client(self, **options: Any) -> Any:
        """A client of the synchronous flavour."""
        return self.client_class(**options)

    def methods(self, client: Any) -> Iterator[Method]:
        """Every method that sends an operation, through all resources."""
        yield from self._methods(client, "", set())

    def _methods(self, holder: Any, path: str, seen: set[int]) -> Iterator[Method]:
        kind = type(holder)
        if id(holder) in seen or not kind.__module__.startswith(self.name):
            return
        seen.add(id(holder))
        for name in dir(kind):
            if name.startswith("_"):
                continue
            member = inspect.getattr_static(kind, name)
            if inspect.isfunction(member):
                yield from self._operations(holder, member, f"{path}{name}")
            elif isinstance(member, property | cached_property) or hasattr(member, "func"):
                yield from self._methods(getattr(holder, name), f"{path}{name}.", seen)

    def _operations(self, holder: Any, function: Any, name: str) -> Iterator[Method]:
        plain = inspect.unwrap(function)
        if not plain.__module__.startswith(self.name) or "._runtime" in plain.__module__:
            return
        for constant in plain.__code__.co_names:
            value = plain.__globals__.get(constant)
            if callable(value) and str(
                getattr(value, "__annotations__", {}).get("return")
            ).startswith("Operation["):
                value = value()
            if type(value).__name__ == "Operation":
                yield Method(name, getattr(holder, plain.__name__, None) or function, value)
