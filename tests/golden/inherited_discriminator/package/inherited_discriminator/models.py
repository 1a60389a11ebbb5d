"""The models of the API's components."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from inherited_discriminator._runtime.model import Model


class AnimalBase(Model):
    """Any animal."""

    species: str
    name: str


class AnimalSelf(AnimalBase):
    species: Literal["animal"]


class CatBase(AnimalBase):
    lives: int | None = None


class Cat(CatBase):
    species: Literal["cat", "kitten"]


class Dog(AnimalBase):
    tricks: list[str]
    species: Literal["Dog"]


class Lion(CatBase):
    mane: bool | None = None
    species: Literal["Lion"]


Animal = TypeAliasType(
    "Animal", Annotated[AnimalSelf | Cat | Dog | Lion, Field(discriminator="species")]
)
"""Any animal."""
