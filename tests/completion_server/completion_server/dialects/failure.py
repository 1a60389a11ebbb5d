"""How the API names a failure."""

from dataclasses import dataclass

# Said of a body that can't be read, and by 1.4.1 of a form without a file.
NOT_UNDERSTOOD = "The browser (or proxy) sent a request that this server could not understand."


@dataclass(frozen=True)
class Failure:
    """A code and a message of the API."""

    code: str
    message: str
