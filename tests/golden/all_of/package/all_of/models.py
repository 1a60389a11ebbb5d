"""The models of the API's components."""

from __future__ import annotations

from datetime import date

from all_of._runtime.model import Model


class Dated(Model):
    made: date | None = None


class Engine(Model):
    power: int


class FindCarResponsePlace(Model):
    street: str | None = None


class Named(Model):
    name: str


class NewCar(Named, Dated):
    engine: Engine | None = None
    """What drives it."""


class Car(NewCar):
    id: int
    made: date


class FindCarResponse(Car):
    place: FindCarResponsePlace
