"""The models of the API's components."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from json_body._runtime.formats import DateTime
from json_body._runtime.model import Model


class AddNote4XXResponse(Model):
    message: str


class AddNoteRequest(Model):
    author: AddNoteRequestAuthor | None = None
    text: str | None = None
    """What to note."""


class AddNoteRequestAuthor(Model):
    name: str


class AddNoteResponse(Model):
    id: int


class CreatePet4XXResponse(Model):
    message: str


class Home(Model):
    street: str | None = None


class NewPet(Model):
    name: Annotated[str, Field(min_length=1)]
    """How it is called."""
    owner: str | None
    """Whose it is; null for a stray."""
    home: Home | None
    born: DateTime | None = None
    chip: int | None = None
    """The number on its chip."""
    collar: NewPetCollar | None = None
    nickname: str | None = None
    vaccinated: date | None = None
    weight: Annotated[float | None, Field(gt=0.0)] = None


class NewPetCollar(Model):
    """What it wears."""

    colour: str


class Pet(NewPet):
    id: int
