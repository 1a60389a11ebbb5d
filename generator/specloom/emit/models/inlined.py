"""What datamodel-code-generator defines beside our models goes back to where it stood.

It calls them by the properties' names, numbered through the whole document. So an alias becomes
the type that it stands for, and a class is named after the one model that it belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.names import component_name, free_component

from .text import Quoted, Statement, Use, unquoted

if TYPE_CHECKING:
    from collections.abc import Collection

    from .text import Parts


def put_back(statements: dict[str, Statement], ours: Collection[str]) -> dict[str, Statement]:
    """The statements, with none that is neither ours nor named after one of ours."""
    made = {name: found for name, found in statements.items() if name not in ours}
    if not made:
        return statements
    types = {name: found.parts for name, found in made.items() if _is_type(name, made)}
    names = _names(
        {name: statements[name] for name in statements if name not in types}, types, ours
    )
    return {
        names[name]: _put_back(found, types, names)
        for name, found in statements.items()
        if name not in types
    }


def _is_type(name: str, made: dict[str, Statement]) -> bool:
    """Whether it is an alias that does not lead back to itself."""
    pending, seen = [name], set[str]()
    while pending:
        for use in made[pending.pop()].uses() & made.keys():
            if use == name:
                return False
            if use not in seen and made[use].kind == "alias":
                seen.add(use)
                pending.append(use)
    return made[name].kind == "alias"


def _names(
    kept: dict[str, Statement], types: dict[str, Parts], ours: Collection[str]
) -> dict[str, str]:
    """What each is called that stays: ours as it is, another after the first that needs it."""
    names = {name: name for name in kept if name in ours}
    taken = set(ours)
    pending = sorted(names)
    while pending:
        owner = pending.pop(0)
        for number, use in enumerate(_in_order(kept[owner].parts, types, names), 1):
            names[use] = free_component(component_name(names[owner], f"option{number}"), taken)
            taken.add(names[use])
            pending.append(use)
    return {name: names.get(name, name) for name in kept}


def _in_order(parts: Parts, types: dict[str, Parts], named: Collection[str]) -> list[str]:
    """What a definition refers to that has no name yet, each once."""
    found = [part.name for part in _inlined(unquoted(parts), types) if isinstance(part, Use)]
    return [name for name in dict.fromkeys(found) if name not in named]


def _put_back(statement: Statement, types: dict[str, Parts], names: dict[str, str]) -> Statement:
    parts = _respelt(_inlined(statement.parts, types), names)
    found = statement.renamed(names[statement.name])
    return Statement(found.name, found.kind, found.head, parts, found.tail)


def _inlined(parts: Parts, types: dict[str, Parts]) -> Parts:
    found: list[str | Use | Quoted] = []
    for part in parts:
        if isinstance(part, Use) and part.name in types:
            found += _inlined(types[part.name], types)
        elif isinstance(part, Quoted):
            found.append(Quoted(unquoted(_inlined(part.parts, types))))
        else:
            found.append(part)
    return tuple(found)


def _respelt(parts: Parts, names: dict[str, str]) -> Parts:
    found: list[str | Use | Quoted] = []
    for part in parts:
        if isinstance(part, Use):
            found.append(Use(names.get(part.name, part.name), part.is_base))
        elif isinstance(part, Quoted):
            found.append(Quoted(_respelt(part.parts, names)))
        else:
            found.append(part)
    return tuple(found)
