"""How the API names a failure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Failure:
    """A code and a message of the API."""

    code: str
    message: str
