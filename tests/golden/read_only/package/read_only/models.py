"""The models of the API's components."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from read_only._runtime.formats import DateTime
from read_only._runtime.model import Model


class Note(Model):
    id: int
    text: Annotated[str, Field(max_length=500)]
    answers: list[Note] | None = None
    due: date | None = None
    since: DateTime | None = None


class NoteRequest(Model):
    text: Annotated[str, Field(max_length=500)]
    answers: list[NoteRequest] | None = None
    due: date | None = None
    since: DateTime | None = None
