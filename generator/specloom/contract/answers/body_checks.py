"""What an answer's values must be beyond their schemas, and a binary beyond its name: the checks.

What each looks for is in the module of its own; here it meets an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.contract.exchanges.expressions import Expressions

from .annotations import undocumented_values, unequal_values
from .embedded_content import embedded_faults
from .media_content import content_fault
from .undeclared import undeclared_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .answer import Answer

Found = tuple[str, str]
"""What is wrong, and where in the answer."""

UNDECLARED: Final = "undeclared_fields"


def _formats(answer: Answer) -> Iterator[Found]:
    """Those of a body; an event's are its schema's affair."""
    for one in () if answer.is_stream else answer.values:
        yield from answer.schemas.format_errors(*one)


def _undeclared(answer: Answer) -> Iterator[Found]:
    for one in answer.values:
        yield from undeclared_fields(answer.schemas, *one)


def _undocumented(answer: Answer) -> Iterator[Found]:
    for one in answer.values:
        yield from undocumented_values(answer.schemas, *one)


def _unequal(answer: Answer) -> Iterator[Found]:
    expressions = Expressions(answer.exchange, answer.parameters)

    def evaluated(expression: str) -> Any:
        try:
            return expressions.evaluate(expression)
        except ValueError:
            raise LookupError(expression) from None

    for schema, value, place in answer.values:
        yield from unequal_values(answer.schemas, schema, value, evaluated, place)


def _binary(answer: Answer) -> Iterator[Found]:
    if answer.media is None:
        return
    fault = content_fault(answer.response.media_type, answer.response.body)
    if fault:
        yield fault, ""
    for one in answer.values:
        yield from embedded_faults(answer.schemas, *one)


BODY_CHECKS: Final[Mapping[str, Callable[[Answer], Iterator[Found]]]] = {
    "response_formats": _formats,
    UNDECLARED: _undeclared,
    "undocumented_values": _undocumented,
    "equal_values": _unequal,
    "binary_content": _binary,
}
"""The checks, by name."""
