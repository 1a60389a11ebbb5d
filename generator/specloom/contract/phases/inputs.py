"""An accepted request into many that differ from it by one thing, and what became of each.

No answer may be a failure of the server, or undocumented; what breaks the document, or can't be
read, must be refused, and what stands at a limit accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.answers.fault import Fault
from specloom.contract.exchanges.exchange import decode
from specloom.contract.findings.expectations import Failed
from specloom.contract.plan.phases import INPUTS
from specloom.contract.requests.drafting import body_media
from specloom.contract.requests.request_faults import request_faults
from specloom.contract.transport.sender import NoAnswerError
from specloom.document.pointer import join

from .attempts import Attempts, until_silent
from .changes import MALFORMED, MEDIA_TYPE, NEGATIVE, POSITIVE
from .member_changes import Members
from .query_changes import query_changes
from .raw_bodies import body_changes, schema_exists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange
    from specloom.contract.findings.expectations import Expectations
    from specloom.contract.requests.bases import Base
    from specloom.contract.transport.sender import Sender

    from .changes import Change
    from .trial import Trial

_MOST: Final = 60
_FEW: Final = 20
_REFUSALS: Final = {400, 422}


def try_inputs(  # noqa: PLR0913 - all that a phase is made of
    subject: Subject,
    sender: Sender,
    operation: Operation,
    base: Base | None,
    expectations: Expectations,
    *,
    quick: bool = False,
) -> Iterator[Trial]:
    """Try the changes of a request, the telling ones first; with `quick` only few of those."""
    attempts = Attempts(subject, operation, INPUTS, (NEGATIVE, POSITIVE, MALFORMED, MEDIA_TYPE))
    if base is None:
        yield attempts.skipped("no request can be made from the document")
        return
    attempts = replace(attempts, before=base.before)
    changes = sorted(all_changes(subject, operation, base), key=lambda one: not one.telling)
    trying = _Trying(attempts, sender, base, expectations)
    yield from until_silent(trying.trials(changes[: _FEW if quick else _MOST]))


def all_changes(subject: Subject, operation: Operation, base: Base) -> Iterator[Change]:
    """The changes of the body as a whole, of its members, and of the query."""
    schemas, draft = subject.schemas, base.draft
    yield from body_changes(schemas, operation, base.request, base.value)
    found = body_media(schemas, operation)
    if found and schema_exists(schemas, join(found[1], "schema")) and isinstance(base.value, dict):
        yield from Members(schemas, join(found[1], "schema"), draft).changes()
    yield from query_changes(schemas, operation, draft)


@dataclass(frozen=True, slots=True)
class _Trying:
    attempts: Attempts
    sender: Sender
    base: Base
    expectations: Expectations

    def trials(self, changes: list[Change]) -> Iterator[Trial]:
        """The request as it is, and then changed."""
        if self.base.answered is None:
            if self.base.problem:
                yield self.attempts.unanswered("as documented", self.base.problem)
            return
        found = self.attempts.document_faults(self.base.answered)
        yield self.attempts.trial("as documented", (self.base.answered,), found)
        for change in changes:
            send = partial(self.sender.send, change.request, self.attempts.operation.id)
            yield self.attempts.attempt(change.name, send, partial(self.faults, change))

    def faults(self, change: Change, exchange: Exchange) -> Iterator[Fault]:
        """What is wrong with the answer to a change, beside what the document says."""
        status = exchange.response.status
        if status // 100 == 2 and change.check:  # noqa: PLR2004 - the class of success
            fault = Fault(change.check, f"accepted with {status}: {change.name}")
        elif change.at_edge and status in _REFUSALS and self._base_is_accepted():
            fault = Fault(POSITIVE, f"refused with {status}: {change.name}")
        else:
            return
        if not self.expectations.accept(self._failed(fault, exchange)):
            yield fault

    def _base_is_accepted(self) -> bool:
        """Whether the unchanged request still is: what it makes may be there only once."""
        if not self.base.accepted:
            return False
        try:
            again = self.sender.send(self.base.request, self.attempts.operation.id)
        except NoAnswerError:
            return False
        return again.response.status // 100 == 2  # noqa: PLR2004 - the class of success

    def _failed(self, fault: Fault, exchange: Exchange) -> Failed:
        operation = self.attempts.operation
        sent = _sent_value(exchange)
        wrong = (
            request_faults(self.attempts.subject.schemas, operation, exchange.request)
            if fault.check == NEGATIVE and exchange.request.body
            else []
        )
        answer = exchange.response.body.decode("utf-8", "replace")
        request = {} if sent is None else {"body": sent}
        return Failed(operation.id, fault.check, exchange.response.status, answer, request, wrong)


def _sent_value(exchange: Exchange) -> Any:
    try:
        return decode(exchange.request)
    except (ValueError, RecursionError):
        return None
