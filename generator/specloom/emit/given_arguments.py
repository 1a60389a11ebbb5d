"""What a call of a method is given: the texts of its arguments, and what they can't hold.

Knows nothing of requests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .literals import literal

if TYPE_CHECKING:
    from specloom.ir import Method

    from .instances import Instances
    from .sent_texts import Fitting


class UnsendableError(Exception):
    """The client has no way to send such a request."""


@dataclass(slots=True)
class Given:
    """The arguments of a method, by their names, and what `extra_query` and `extra_body` hold."""

    method: Method
    operation: dict[str, Any]
    fitting: Fitting
    instances: Instances
    arguments: dict[str, str] = field(default_factory=dict)
    extra_query: dict[str, Any] = field(default_factory=dict)
    extra_body: dict[str, Any] = field(default_factory=dict)

    def give(self, argument: str, value: Any) -> None:
        """Give a JSON value."""
        self.arguments[argument] = literal(value, 4)

    def stand_in(self, argument: str, schema: Any, name: str) -> None:
        """Give an argument that is required, and overwritten, any value that it takes."""
        if any(one.required and one.name == argument for one in self.method.arguments):
            self.give(argument, self.instances.of(schema, name))


def single(texts: list[str]) -> Any:
    """The text of a name that stands once; all of one that is repeated."""
    return texts[0] if len(texts) == 1 else texts
