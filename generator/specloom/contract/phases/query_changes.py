"""An accepted request into requests with one parameter of the query that is unusual, or wrong.

A query has a length that servers bound, so nothing here is as long as a body may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.contract.requests import texts
from specloom.contract.requests.drafting import parameters
from specloom.contract.requests.limits import breaks, edges
from specloom.contract.requests.simple_values import kind_of
from specloom.document.pointer import join

from .changes import NEGATIVE, Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.schemas import Schemas
    from specloom.contract.requests.drafts import Draft

_LONGEST: Final = "4,001 characters"
_NOT_SENT: Final = "a surrogate that stands alone"
_HUGE: Final = 10**400


def query_changes(schemas: Schemas, operation: Operation, draft: Draft) -> Iterator[Change]:
    """All changes."""
    for pointer, parameter in parameters(schemas, operation):
        if parameter["in"] == "query" and "schema" in parameter:
            yield from _changes(schemas, join(pointer, "schema"), parameter["name"], draft)
    unknown = draft.with_parameter("query", "specloom_unknown", "text").request()
    yield Change("an unknown parameter", unknown, telling=True)


def _changes(schemas: Schemas, pointer: str, name: str, draft: Draft) -> Iterator[Change]:
    kind = kind_of(schemas, pointer)
    if kind == "string":
        many = {**texts.UNUSUAL, **texts.EMPTY, **texts.NUMERIC, _LONGEST: texts.LONG[_LONGEST]}
        del many[_NOT_SENT]
        for said, text in many.items():
            yield _change(schemas, pointer, name, draft, said, text)
    is_number = kind in {"integer", "number"}
    for said, value in edges(schemas, pointer):
        yield _change(schemas, pointer, name, draft, said, value, at_edge=is_number)
    if is_number:
        yield _change(schemas, pointer, name, draft, "a text", "abc")
        yield _change(schemas, pointer, name, draft, "a number of 401 digits", _HUGE)


def _change(  # noqa: PLR0913, PLR0917 - all that a change of a parameter is made of
    schemas: Schemas,
    pointer: str,
    name: str,
    draft: Draft,
    said: str,
    value: Any,
    *,
    at_edge: bool = False,
) -> Change:
    request = draft.with_parameter("query", name, value).request()
    broken = breaks(schemas, pointer, value)
    return Change(
        f"?{name}: {said}",
        request,
        NEGATIVE if broken else None,
        at_edge and not broken,
        telling=True,
    )
