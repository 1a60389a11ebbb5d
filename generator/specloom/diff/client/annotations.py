"""Two type expressions of the IR into how the one relates to the other.

Reads them as text: unions, literals, and generic types of them.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Final

from specloom.markdown import code

if TYPE_CHECKING:
    from collections.abc import Mapping

# A text in quotes, a bracket, what separates, or anything else.
_TOKEN: Final = re.compile(
    r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\[\]|,]|[^'"\[\]|,]+""", re.DOTALL
)
_CLASS: Final = re.compile(r"\bmodels\.(\w+)")
_WIDER: Final = {"int": {"float"}}
_LONGEST: Final = 300
_ANYTHING: Final = {"Any", "object"}


class Relation(Enum):
    """What a new type takes beside what an old one did."""

    SAME = auto()
    WIDER = auto()
    NARROWER = auto()
    OTHER = auto()


def relation(old: str, new: str) -> Relation:
    """Whether the new type takes more, less or something else than the old one."""
    if old == new:
        return Relation.SAME
    before, after = members(old), members(new)
    grows = all(_covered(member, after) for member in before)
    shrinks = all(_covered(member, before) for member in after)
    if grows and shrinks:
        return Relation.SAME
    if grows:
        return Relation.WIDER
    return Relation.NARROWER if shrinks else Relation.OTHER


def added(old: str, new: str) -> list[str]:
    """The members of the new type that the old one doesn't take."""
    before = members(old)
    return [member for member in members(new) if not _covered(member, before)]


def told(old: str, new: str, verb: str) -> str:
    """What became of a type, as short as it can be said."""
    before, after = members(old), members(new)
    more = [member for member in after if member not in before]
    less = [member for member in before if member not in after]
    if (less and more) or any(_is_deep(member) for member in (*more, *less)):
        return f"{verb} {shown(new)}, no more {shown(old)}"
    return f"{verb} also {shown(_union(more))}" if more else f"{verb} no more {shown(_union(less))}"


def shown(annotation: str) -> str:
    """A type within a message, as far as anyone reads on."""
    return code(annotation if len(annotation) <= _LONGEST else annotation[:_LONGEST] + "…")


def _is_deep(member: str) -> bool:
    """Whether a member holds others, so that it may have changed in there alone."""
    return "[" in member and not member.startswith("Literal[")


def _union(found: list[str]) -> str:
    literals = [member[len("Literal[") : -1] for member in found if member.startswith("Literal[")]
    rest = [member for member in found if not member.startswith("Literal[")]
    return " | ".join([f"Literal[{', '.join(literals)}]", *rest] if literals else rest)


@cache
def members(annotation: str) -> tuple[str, ...]:
    """The alternatives of a type, each value of a literal by itself."""
    found: list[str] = []
    for part in _split(annotation, "|"):
        head, inner = _generic(part)
        if head == "Literal":
            found += [f"Literal[{value}]" for value in _split(inner, ",")]
        else:
            found.append(part)
    return tuple(found)


def classes(annotation: str) -> list[str]:
    """The models that a type names, in order."""
    plain = [token for token in _TOKEN.findall(annotation) if token[0] not in "'\""]
    return [name for token in plain for name in _CLASS.findall(token)]


def renamed(annotation: str, new_names: Mapping[str, str]) -> str:
    """The type with the new names of its models."""
    return "".join(
        token
        if token[0] in "'\""
        else _CLASS.sub(lambda match: f"models.{new_names.get(match[1], match[1])}", token)
        for token in _TOKEN.findall(annotation)
    )


def _split(text: str, separator: str) -> list[str]:
    """The parts of a text, by what separates them outside brackets and quotes."""
    parts, depth = [""], 0
    for token in _TOKEN.findall(text):
        depth += {"[": 1, "]": -1}.get(token, 0)
        if token == separator and not depth:
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts]


def _generic(member: str) -> tuple[str, str]:
    """The type before the brackets and what they hold."""
    head, bracket, inner = member.partition("[")
    return (head, inner.removesuffix("]")) if bracket else (member, "")


def _covered(member: str, by: tuple[str, ...]) -> bool:
    """Whether a member of one type is taken by the members of another."""
    if member in by or _ANYTHING & set(by):
        return True
    head, inner = _generic(member)
    if head == "Literal":
        kind = "str" if inner[:1] in "'\"" else "bool" if inner in {"True", "False"} else "int"
        return kind in by or bool(_WIDER.get(kind, set()) & set(by))
    if _WIDER.get(member, set()) & set(by):
        return True
    return bool(inner) and any(_holds(head, inner, *_generic(other)) for other in by)


def _holds(head: str, inner: str, other_head: str, other_inner: str) -> bool:
    """Whether one generic type takes all that another does: by what they hold."""
    if head != other_head or not other_inner:
        return False
    ours, theirs = _split(inner, ","), _split(other_inner, ",")
    return len(ours) == len(theirs) and all(
        relation(one, other) in {Relation.SAME, Relation.WIDER}
        for one, other in zip(ours, theirs, strict=True)
    )
