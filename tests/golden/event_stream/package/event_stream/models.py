"""The models of the API's components."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from event_stream._runtime.formats import Base64
from event_stream._runtime.model import Model


class Audio(Model):
    event: Literal["audio"]
    data: Base64


class Correction(Model):
    event: Literal["correction"]
    whole_text: Annotated[str, Field(alias="whole-text")]


class CreateAnswerRequest(Model):
    question: str
    mode: Literal["streaming", "blocking"] = "blocking"


class CreateAnswerResponse(Model):
    text: str


class End(Model):
    event: Literal["end"]
    id: str


class Failure(Model):
    event: Literal["error"]
    message: str


class WatchTicksEvent(Model):
    second: int


class Word(Model):
    event: Literal["word"]
    id: str
    text: str


Event = TypeAliasType(
    "Event", Annotated[Word | Correction | End | Audio | Failure, Field(discriminator="event")]
)
