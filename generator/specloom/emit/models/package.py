"""Statements into one module, or into a package whose modules are imported when they are needed.

Modules refer to each other through the package, which pydantic does at the first use; what a class
inherits must be there before.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .modules import modules_of
from .text import spelt, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .text import Statement, Use

# Where `_models` begins to be known, all classes of the module are made; no field is called so.
_FIRST: Final = """
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from {package} import models as _models
"""
_LAST: Final = """

globals()["_models"] = import_module(__package__)  # for pydantic, at the first use
"""
_LAZILY: Final = """
    def __getattr__(name):  # each module is imported when one of its models is first used
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = found
        return found

    def __dir__():
        return sorted({*globals(), *_MODULES})
"""


def as_module(header: str, imports: list[str], statements: dict[str, Statement]) -> str:
    """All statements in one module."""
    made = [found.text(lambda use: use.name) for found in statements.values()]
    return "\n\n\n".join(["\n".join([header, *imports]), *made]) + "\n"


def as_package(
    header: str, imports: list[str], statements: dict[str, Statement], package: str
) -> dict[str, str]:
    """The modules by their paths."""
    modules = modules_of(statements)
    members: dict[str, list[str]] = defaultdict(list)
    for name in statements:
        members[modules[name]].append(name)
    made = _Modules([header, *imports], statements, modules, package)
    texts = {f"models/{module}.py": made.text(names) for module, names in members.items()}
    return {"models/__init__.py": _init(header, members), **texts}


@dataclass(frozen=True, slots=True)
class _Modules:
    """What the texts of all modules are made from."""

    head: list[str]
    statements: dict[str, Statement]
    modules: dict[str, str]
    package: str

    def text(self, names: list[str]) -> str:
        """The module of these models."""
        here = self.modules[names[0]]
        found = [self.statements[name] for name in names]
        made = [self._defined(statement, here) for statement in found]
        bases = sorted({base for one in found for base in one.bases()})
        others = [base for base in bases if self.modules[base] != here]
        inherited = self._inherited(others)
        own = _names("\n".join(made)) if others else set()
        head = [_needed(line, own, inherited) for line in self.head]
        head += [f"from .{self.modules[base]} import {base}" for base in others]
        if any(self._is_far(use, here) for one in found for use in one.types()):
            head.append(_FIRST.format(package=self.package))
        elif others:  # what is inherited may refer to other modules
            head.append("from importlib import import_module")
        else:
            return "\n\n\n".join(["\n".join(head), *made]) + "\n"
        return "\n\n\n".join(["\n".join(head), *made]) + _LAST

    def _defined(self, statement: Statement, here: str) -> str:
        def spell(use: Use) -> str:
            far = not use.is_base and self._is_far(use.name, here)
            return f"_models.{use.name}" if far else use.name

        if statement.kind == "class" or not statement.types():
            return statement.text(spell)
        # An alias is made at once, so that what it refers to is written as a string.
        text = spelt(unquoted(statement.parts), spell)
        # Written anew, in one line: what is within its strings must stay as it is.
        expression = ast.unparse(ast.parse(f"({text.strip()})", mode="eval"))
        return f"{statement.head}{expression!r}{statement.tail}"

    def _is_far(self, name: str, here: str) -> bool:
        """Whether a type is found through the package; in bases all are, for their heirs."""
        return self.modules[name] != here or here.startswith("__bases")

    def _inherited(self, bases: Iterable[str]) -> set[str]:
        """The names in what is inherited, for which pydantic looks where the heir is."""
        found: set[str] = set()
        for base in bases:
            found |= _names(self.statements[base].text(lambda use: use.name))
            found |= self._inherited(self.statements[base].bases())
        return found


def _names(text: str) -> set[str]:
    """The names in a text, and in the types that are written as strings in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                found.add(name)
            case ast.Call(func=ast.Name(id="TypeAliasType"), args=[_, ast.Constant(value=quoted)]):
                found |= _names(str(quoted))
    return found


def _needed(line: str, own: set[str], inherited: set[str]) -> str:
    """An import, which is kept if only what is inherited needs it."""
    module, _, listed = line.partition(" import ")
    names = {name.rpartition(" ")[2]: name for name in listed.split(", ")}
    wanted = names.keys() & inherited
    if not wanted - own:
        return line
    kept = ", ".join(names[name] for name in names if name in wanted | own)
    return f"{module} import {kept}  # noqa: F401 - for what is inherited"


def _init(header: str, members: dict[str, list[str]]) -> str:
    typed = [f"    from .{module} import {_reexported(names)}" for module, names in members.items()]
    placed = [f'"{name}": ".{module}",' for module, names in members.items() for name in names]
    return "\n".join(
        [
            header,
            "from importlib import import_module",
            "from typing import TYPE_CHECKING",
            "if TYPE_CHECKING:",
            *typed,
            "else:",
            f"    _MODULES = {{{' '.join(sorted(placed))}}}",
            "    __all__ = list(_MODULES)",
            _LAZILY,
        ]
    )


def _reexported(names: Iterable[str]) -> str:
    return ", ".join(f"{name} as {name}" for name in sorted(names))
