"""The waits of a client between its tries, which take no time in a test."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Waits:
    """The seconds that the client waited, and what happens meanwhile."""

    seconds: list[float] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def note(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.meanwhile()
