"""The models of the API's components."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from arrays_and_enums._runtime.model import Model


class Colour(Model):
    name: str
    kind: Kind
    """How it feels."""
    version: Literal[2]
    anything: Any | None = None
    channels: Annotated[list[int] | None, Field(max_length=3, min_length=3)] = None
    finish: Literal["matt", "glossy"] | None = None
    grid: list[list[ColourGridItemItem]] | None = None
    mixed: Literal[1, "one", True] | None = None
    pair: tuple[str, int] | None = None
    tags: list[str] | None = None
    weights: dict[str, float] | None = None


class ColourGridItemItem(Model):
    x: int


Kind = TypeAliasType("Kind", Literal["warm", "cold"])
"""How it feels."""
