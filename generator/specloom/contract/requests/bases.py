"""An operation into a request that its server accepts, to be changed one thing at a time.

What the document's examples don't bring about, its links do: another operation is asked first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.exchanges.expressions import Expressions
from specloom.contract.plan.choice import SAFE_METHODS
from specloom.contract.transport.sender import NoAnswerError
from specloom.document.pointer import from_reference, join, tokens

from .drafting import drafted, parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange, Request
    from specloom.contract.transport.sender import Sender

    from .drafts import Draft

_DEPTH: Final = 2


@dataclass(frozen=True, slots=True)
class Base:
    """A request in parts, the exchanges that it rests on, and the one that it led to.

    If it led to no answer, the problem says why.
    """

    draft: Draft
    before: tuple[Exchange, ...]
    answered: Exchange | None
    problem: NoAnswerError | None = None

    @property
    def request(self) -> Request:
        """The request."""
        return self.draft.request()

    @property
    def value(self) -> Any:
        """The body as a value."""
        return self.draft.value

    @property
    def accepted(self) -> bool:
        """Whether it was answered with success (RFC 9110 §15.3)."""
        return self.answered is not None and self.answered.response.status // 100 == 2  # noqa: PLR2004 - the class of success


def find_base(
    subject: Subject,
    sender: Sender,
    operation: Operation,
    *,
    safe_only: bool = False,
    depth: int = _DEPTH,
) -> Base | None:
    """A request, accepted if one could be found; None if none can be made or may be sent."""
    draft = drafted(subject.schemas, operation)
    if safe_only and draft.method not in SAFE_METHODS:
        return None
    try:
        draft.request()
    except ValueError:
        return None
    linked = _linked(subject, sender, operation, draft, safe_only=safe_only, depth=depth)
    # What a path names must be there, so that links know better than examples.
    if any(place == "path" for place, _ in draft.parameters):
        found = next((base for base in linked if base.accepted), None)
        return found or _sent(sender, operation, draft, ())
    own = _sent(sender, operation, draft, ())
    if own.accepted or own.problem:
        return own
    return next((base for base in linked if base.accepted), own)


def links_to(subject: Subject, operation: Operation) -> Iterator[tuple[Operation, dict[str, Any]]]:
    """The links that lead to an operation, each with the operation whose answer has it."""
    for source in subject.operations.values():
        for status in source.value.get("responses", {}):
            pointer, answer = subject.schemas.follow(join("", *source.pointer, "responses", status))
            for name in answer.get("links", {}):
                _, link = subject.schemas.follow(join(pointer, "links", name))
                if source.id != operation.id and _leads_to(link, operation):
                    yield source, link


def as_linked(
    subject: Subject, draft: Draft, operation: Operation, source: Base, link: Any
) -> Draft:
    """A draft with what a link takes from an exchange. Raises LookupError or ValueError."""
    if source.answered is None:
        raise LookupError("no answer")
    expressions = Expressions(source.answered, source.draft.parameters, source.draft.value)
    places = {one["name"]: one["in"] for _, one in parameters(subject.schemas, operation)}
    for name, expression in link.get("parameters", {}).items():
        qualified = (places[name], "", name) if name in places else name.partition(".")
        draft = draft.with_parameter(qualified[0], qualified[2], expressions.fill(expression))
    if "requestBody" in link:
        draft = draft.with_value(expressions.fill(link["requestBody"]))
    return draft


def _linked(  # noqa: PLR0913 - all that a base is found by
    subject: Subject,
    sender: Sender,
    operation: Operation,
    draft: Draft,
    *,
    safe_only: bool,
    depth: int,
) -> Iterator[Base]:
    for origin, link in links_to(subject, operation) if depth else ():
        source = find_base(subject, sender, origin, safe_only=safe_only, depth=depth - 1)
        if source is None or not source.accepted or source.answered is None:
            continue
        try:
            made = as_linked(subject, draft, operation, source, link)
            made.request()
        except (LookupError, ValueError):
            continue
        yield _sent(sender, operation, made, (*source.before, source.answered))


def _sent(sender: Sender, operation: Operation, draft: Draft, before: tuple[Exchange, ...]) -> Base:
    try:
        return Base(draft, before, sender.send(draft.request(), operation.id))
    except NoAnswerError as error:
        return Base(draft, before, None, error)


def _leads_to(link: dict[str, Any], operation: Operation) -> bool:
    reference = link.get("operationRef", "")
    if reference.startswith("#/"):
        return tuple(tokens(from_reference(reference))) == operation.pointer
    return bool(link.get("operationId") == operation.id)
