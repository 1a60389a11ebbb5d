"""An operation with security into requests with other keys than the right one, or with none.

Only the headers of security schemes are tried; another identity's key is left to scenarios.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from specloom.contract.answers.fault import Fault
from specloom.contract.plan.phases import AUTHENTICATION
from specloom.contract.transport.credentials import SHORTEST

from .attempts import Attempts, until_silent
from .wrong_keys import Variant, accepted_variants, refused_variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange, Headers
    from specloom.contract.requests.bases import Base
    from specloom.contract.transport.credentials import Credentials
    from specloom.contract.transport.sender import Sender

    from .trial import Trial

CHECK: Final = "authentication"
CHALLENGE: Final = "authentication_challenge"

_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403


def try_authentication(
    subject: Subject, sender: Sender, operation: Operation, base: Base | None
) -> Iterator[Trial]:
    """Ask with wrong keys, which must be refused, and with the right one written otherwise."""
    names = scheme_names(subject, operation)
    if not names:
        return
    attempts = Attempts(subject, operation, AUTHENTICATION, (CHECK, CHALLENGE))
    held = sender.target.credentials
    if held is None or base is None:
        yield attempts.skipped("there is no key, or no request that could bear it")
        return
    attempts = replace(attempts, before=base.before)
    asking = _Asking(attempts, sender, base, held, challenged=_challenged(subject, names))
    yield from until_silent(asking.trials())


def scheme_names(subject: Subject, operation: Operation) -> set[str]:
    """The security schemes that an operation demands; none if it does without (OAS 3.2 §4.30)."""
    demands = operation.value.get("security", subject.tree.get("security", []))
    return set() if {} in demands else {name for demand in demands for name in demand}


def _challenged(subject: Subject, names: set[str]) -> bool:
    """Whether HTTP's own schemes are demanded, which a challenge can name."""
    schemes = subject.tree.get("components", {}).get("securitySchemes", {})
    return all(schemes.get(name, {}).get("type") == "http" for name in names)


@dataclass(frozen=True, slots=True)
class _Asking:
    attempts: Attempts
    sender: Sender
    base: Base
    held: Credentials
    challenged: bool

    def trials(self) -> Iterator[Trial]:
        """Ask with each variant."""
        if self.base.problem:
            yield self.attempts.unanswered("as documented", self.base.problem)
            return
        yield from map(self.refused, refused_variants(self.held))
        if self.base.accepted:
            yield from map(self.accepted, accepted_variants(self.held))

    def refused(self, variant: Variant) -> Trial:
        """Ask with what must not open anything."""
        judge = partial(self._not_refused, variant)
        return self.attempts.attempt(variant.name, partial(self._send, variant), judge)

    def accepted(self, variant: Variant) -> Trial:
        """Ask with what must open as much as the key as it is usually sent."""
        judge = partial(self._not_accepted, variant)
        return self.attempts.attempt(variant.name, partial(self._send, variant), judge)

    def _send(self, variant: Variant) -> Exchange:
        draft = self.base.draft
        for name, value in variant.query.items():
            draft = draft.with_parameter("query", name, value)
        request = draft.request()
        headers = {**request.headers, **variant.headers}
        exchange = self.sender.bare(replace(request, headers=headers), self.attempts.operation.id)
        return _without(variant, exchange)

    def _not_refused(self, variant: Variant, exchange: Exchange) -> Iterator[Fault]:
        status = exchange.response.status
        if status // 100 == 2:  # noqa: PLR2004 - the class of success
            yield Fault(CHECK, f"with {variant.name} it was accepted, with {status}")
        elif variant.exact and self.base.accepted and status not in self._refusals():
            yield Fault(CHECK, f"with {variant.name} it was refused with {status}, not with 401")
        if status == _UNAUTHORIZED and self.challenged and not _has_challenge(exchange):
            yield Fault(CHALLENGE, "the 401 has no WWW-Authenticate")

    def _refusals(self) -> set[int]:
        """401; 403 only where the document knows no 401 (RFC 9110 §15.5.2, §15.5.4)."""
        documented = self.attempts.operation.value.get("responses", {})
        only = {_UNAUTHORIZED}
        # A server that fails is a fault already.
        return only if "401" in documented else {*only, _FORBIDDEN}

    def _not_accepted(self, variant: Variant, exchange: Exchange) -> Iterator[Fault]:
        if exchange.response.status in {_UNAUTHORIZED, _FORBIDDEN}:
            yield Fault(CHECK, f"with {variant.name} it was refused")


def _has_challenge(exchange: Exchange) -> bool:
    return bool(exchange.response.headers.get("www-authenticate", "").strip())


def _without(variant: Variant, exchange: Exchange) -> Exchange:
    """The exchange without a key that is too like the right one, or is it in escapes."""
    secret = variant.secret
    if secret is None:
        return exchange
    texts = (secret, json.dumps(secret)[1:-1], b64encode(secret.encode()).decode())
    forms = dict.fromkeys(texts, variant.shown)
    request, response = exchange.request, exchange.response
    # One so short stands in answers by chance.
    body = _hidden(response.body.decode("latin-1"), forms if len(secret) >= SHORTEST else {})
    return replace(
        exchange,
        request=replace(
            request, target=_hidden(request.target, forms), headers=_hiding(request.headers, forms)
        ),
        response=replace(
            response, headers=_hiding(response.headers, forms), body=body.encode("latin-1")
        ),
    )


def _hiding(headers: Headers, forms: Mapping[str, str]) -> Headers:
    return {name: _hidden(value, forms) for name, value in headers.items()}


def _hidden(text: str, forms: Mapping[str, str]) -> str:
    for form, shown in forms.items():
        text = text.replace(form, shown)
    return text
