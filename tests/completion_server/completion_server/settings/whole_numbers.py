"""Whole numbers of settings, which fit into 64 bits, as in TOML, JSON readers and databases."""

from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from completion_server.settings.places import refuse

AnyNumber = TypeVar("AnyNumber", bound=int | float | None)
LARGEST = 2**63 - 1


def within_64_bits(number: AnyNumber) -> AnyNumber:
    """Give the number back, or refuse it if it is whole and doesn't fit into 64 bits."""
    if isinstance(number, int) and not -LARGEST - 1 <= number <= LARGEST:
        refuse("number", (), "must fit into 64 bits")
    return number


Whole = Annotated[int, AfterValidator(within_64_bits)]
Count = Annotated[int, Field(ge=1), AfterValidator(within_64_bits)]
