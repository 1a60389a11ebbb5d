"""The models of the API's components."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from unions._runtime.model import Model


class Circle(Model):
    kind: Literal["circle"]
    radius: float


class Square(Model):
    kind: Literal["square"]
    side: float
    label: str | SquareLabelOption2 | None = None


Shape = TypeAliasType("Shape", Annotated[Circle | Square, Field(discriminator="kind")])


class SquareLabelOption2(Model):
    text: str
