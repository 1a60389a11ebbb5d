"""A path into an OpenAPI tree into which kind of object OpenAPI puts there. Reads no tree."""

from __future__ import annotations

from dataclasses import dataclass

from .walk import FIELDS

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Which object of OpenAPI stands at a path, and whether alone, in a list or in a map."""

    name: str
    shape: str


def kind_of(path: Path) -> Kind | None:
    """The kind of object that OpenAPI puts at a path; None for what is no object of its own."""
    kind: Kind | None = Kind("openapi", "one")
    rest = list(path)
    while kind and rest:
        kind = _next(kind.name, rest)
    return kind


def _next(kind: str, rest: list[str]) -> Kind | None:
    if kind == "callback":
        rest.pop(0)
        return Kind("path-item", "map")
    field = FIELDS.get(kind, {}).get(rest.pop(0))
    if not field or (field[1] != "one" and not rest):
        return None
    if field[1] != "one":
        rest.pop(0)
    return Kind(*field)
